"""Uploads, and pictures that are named by an address elsewhere (checks 84 to 86)."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from masthead.api.admin import foreign
from masthead.api.admin.views import uploads
from masthead.content.models import Attachment, Media
from masthead.core.fetching import fetch
from tests.api.admin.asking import BASE, Tool
from tests.cast import Cast
from tests.content.files import drawn
from tests.stand_ins.listening import Asked, listening, said

MP3 = b"ID3" + b"\0" * 200


def test_a_picture_is_kept_and_shown_where_a_text_names_it(tool: Tool) -> None:
    answer = tool.upload("images/upload/", drawn(), "a ship.jpg", purpose="image", ref="path/of mine.jpg")
    assert answer.status_code == 201, answer.content
    (image,) = answer.json()["images"]
    media = Media.objects.get()
    assert image == {"url": f"https://paper.example/media/{media.token}/80.jpeg", "ref": "path/of mine.jpg"}
    assert Client().get(image["url"].removeprefix("https://paper.example")).status_code == 200
    source = f'<p>Words</p><figure><img src="{image["url"]}" alt="A hull"><figcaption>She sails</figcaption></figure>'
    post = tool.add(title="A ship", html=source, source="html", feature_image=image["url"], feature_image_alt="Bow",
                    feature_image_caption="<em>By</em> Ada &amp; co", og_image=image["url"], status="published")  # fmt: skip
    assert (post["feature_image"], post["og_image"]) == (image["url"], image["url"])
    assert (post["feature_image_alt"], post["feature_image_caption"]) == ("Bow", "By Ada &amp; co")
    page = Client().get("/a-ship/").content.decode()
    assert page.count(media.token) > 3 and "She sails" in page
    assert image["url"] in post["lexical"]
    assert tool.edit(post, feature_image=None)["feature_image"] is None


def test_recordings_and_files_are_kept_under_their_names(tool: Tool) -> None:
    poster = SimpleUploadedFile("p.jpg", drawn())
    (media,) = tool.upload("media/upload/", MP3, "talk.mp3", thumbnail=poster, ref="1").json()["media"]
    kept = Attachment.objects.get()
    assert media["url"] == f"https://paper.example/files/{kept.token}/talk.mp3" and media["ref"] == "1"
    assert media["thumbnail_url"].endswith("/80.jpeg")
    (file,) = tool.upload("files/upload/", b"a,b\n", "t.csv").json()["files"]
    assert file["url"].endswith("/t.csv") and file["ref"] is None
    card = {"type": "audio", "src": media["url"], "title": "A talk", "duration": 3}
    post = tool.add(title="Talk", lexical=json.dumps({"root": {"type": "root", "children": [card]}}))
    assert media["url"] in post["lexical"]


@pytest.mark.parametrize(
    ("path", "content", "name", "status", "type"),
    [
        ("images/upload/", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", 415, "UnsupportedMediaTypeError"),
        ("images/upload/", b"%PDF-1.7", "a.jpg", 415, "UnsupportedMediaTypeError"),
        ("images/upload/", b"", "a.jpg", 415, "UnsupportedMediaTypeError"),
        ("media/upload/", b"<html>", "a.mp3", 415, "UnsupportedMediaTypeError"),
        ("media/upload/", b"a,b", "a.csv", 415, "UnsupportedMediaTypeError"),
        ("files/upload/", b"", "a.csv", 422, "ValidationError"),
    ],
)
def test_what_is_not_what_it_says_is_refused(
    tool: Tool, path: str, content: bytes, name: str, status: int, type: str
) -> None:
    answer = tool.upload(path, content, name)
    assert (answer.status_code, answer.json()["errors"][0]["type"]) == (status, type)
    assert not Media.objects.exists()


def test_an_upload_without_a_file_of_another_purpose_or_too_large_is_refused(
    tool: Tool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def status(**fields: Any) -> int:
        return Client().post(BASE + "images/upload/", fields, headers=tool.headers).status_code

    assert [status(), status(file="text"), status(file=SimpleUploadedFile("a.jpg", drawn()), purpose="x")] == [
        422,
        422,
        422,
    ]
    assert tool.answer("POST", "images/upload/", {"file": "x"}).status_code == 415
    monkeypatch.setattr(uploads, "LARGEST_PICTURE", 100)
    assert status(file=SimpleUploadedFile("a.jpg", drawn())) == 413
    monkeypatch.setattr(uploads, "LARGEST_BYTES", 100)
    assert status(file=SimpleUploadedFile("a.jpg", drawn())) == 413
    broken = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhalf'
    answer = Client().generic(
        "POST", BASE + "images/upload/", broken, content_type="multipart/form-data", headers=tool.headers
    )
    assert answer.status_code == 400
    assert not Media.objects.exists()


def test_a_picture_from_elsewhere_is_taken_over_once(tool: Tool, settings: Any) -> None:
    def answer(asked: Asked) -> bytes:
        return said(drawn(colour=(1, 2, 3)), content_type="image/jpeg") if asked.path.endswith("a.jpg") else said(b"x")

    with listening(answer) as there:
        settings.FETCH_ALLOW = [there.pair]
        good, bad = f"{there.url}/a.jpg", f"{there.url}/page.html"
        source = f'<p><img src="{good}"></p><p><img src="{good}"></p><p><img src="{bad}" alt="x"></p>'
        body = {"posts": [{"title": "A ship", "html": source, "feature_image": good}]}
        answered = tool.answer("POST", "posts/", body, source="html")
        assert answered.status_code == 201, answered.content
        assert sorted(asked.path for asked in there.asked) == ["/a.jpg", "/page.html"]
    post = answered.json()["posts"][0]
    token = Media.objects.get().token
    assert post["lexical"].count(token) == 2 and token in post["feature_image"]
    assert bad in "".join(json.loads(answered["Masthead-Warnings"])) and good not in answered["Masthead-Warnings"]


def test_no_address_within_the_house_is_asked_and_no_more_than_some(
    tool: Tool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    plain = fetch

    def counted(url: str, **more: Any) -> Any:
        asked.append(url)
        return plain(url, **more)

    monkeypatch.setattr(foreign, "fetch", counted)
    places = ["http://127.0.0.1/a.jpg", "http://169.254.169.254/a.jpg", "http://[::1]/a.jpg", "file:///etc/hostname",
              *(f"http://10.0.0.{n}/a.jpg" for n in range(40))]  # fmt: skip
    source = "".join(f'<p><img src="{place}"></p>' for place in places)
    answer = tool.answer("POST", "posts/", {"posts": [{"title": "A", "html": source}]}, source="html")
    assert answer.status_code == 201 and len(asked) == foreign.MOST and "file:///etc/hostname" not in asked
    assert not Media.objects.exists() and len(json.loads(answer["Masthead-Warnings"])) == 20


def test_our_own_addresses_of_what_is_not_here_are_not_asked(
    tool: Tool, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foreign, "fetch", lambda url, **_: pytest.fail(url))
    source = (
        f'<p><img src="https://paper.example/media/{"x" * 22}/80.jpeg"></p><p><img src="/content/images/a.jpg"></p>'
    )
    answer = tool.answer("POST", "posts/", {"posts": [{"title": "A", "html": source}]}, source="html")
    assert answer.status_code == 201 and "Masthead-Warnings" in answer
