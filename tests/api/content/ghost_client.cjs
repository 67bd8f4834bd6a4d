// Drives Ghost's own client: reads {module, url, calls} from stdin and prints what each call came to.
const {module: where, url, calls} = JSON.parse(require("fs").readFileSync(0, "utf8"));
const loaded = require(where);
const GhostContentAPI = loaded.default || loaded;

async function run({key, version, resource, act, data, options}) {
    const api = new GhostContentAPI({url, key, version});
    try {
        const told = act === "read" ? await api[resource].read(data, options) : await api[resource].browse(options);
        return {told, meta: told.meta || null};
    } catch (error) {
        return {error: {name: error.name, message: error.message, type: error.type || null, status: error.response ? error.response.status : null}};
    }
}

(async () => {
    const found = [];
    for (const call of calls) {
        found.push(await run(call));
    }
    process.stdout.write(JSON.stringify(found));
})();
