import shutil

from obeya.ui import vendor


def test_every_carried_file_is_the_one_that_was_locked():
    assert vendor.problems() == []


def test_a_changed_a_missing_and_a_foreign_file_are_each_named(tmp_path):
    folder = tmp_path / "vendor"
    shutil.copytree(vendor.FOLDER, folder)
    with (folder / "htmx" / "htmx.min.js").open("a") as script:
        script.write("// harmless?")
    (folder / "lucide" / "icons.svg").unlink()
    (folder / "htmx" / "more.js").write_text("")

    assert vendor.problems(folder) == [
        "htmx.min.js is not the file of htmx.org@4.0.1; fetch it again.",
        "icons.svg of lucide-static@1.62.0 is missing; fetch it again.",
        "htmx/more.js is in the vendor folder but not in the lock; lock or remove it.",
    ]


def test_each_package_has_its_licence_text_beside_it():
    for package in vendor.read_lock():
        assert (vendor.FOLDER / package["folder"] / "LICENSE").stat().st_size > 500
