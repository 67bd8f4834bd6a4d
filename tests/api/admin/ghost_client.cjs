// Drives Ghost's own client: reads {module, url, key, calls} from stdin and prints what each call came to.
// A call is {resource, act, data, options}; "$n.id" in its data stands for that field of what call n was told.
const {module: where, url, key, version, calls} = JSON.parse(require("fs").readFileSync(0, "utf8"));
const loaded = require(where);
const GhostAdminAPI = loaded.default || loaded;

function filled(value, found) {
    if (Array.isArray(value)) {
        return value.map(item => filled(item, found));
    }
    if (value && typeof value === "object") {
        return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, filled(item, found)]));
    }
    const place = typeof value === "string" && value.match(/^\$(\d+)\.(\w+)$/);
    return place ? found[place[1]].told[place[2]] : value;
}

async function run({resource, act, data, options, key: other}, found) {
    const api = new GhostAdminAPI({url, key: other || key, version});
    try {
        const told = await api[resource][act](filled(data, found), options);
        return {told: told === undefined ? null : told, meta: (told && told.meta) || null};
    } catch (error) {
        return {error: {name: error.name, message: error.message, code: error.code || null, property: error.property || null}};
    }
}

(async () => {
    const found = [];
    for (const call of calls) {
        found.push(await run(call, found));
    }
    process.stdout.write(JSON.stringify(found));
})();
