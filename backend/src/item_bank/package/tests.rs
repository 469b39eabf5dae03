//! Packages as they are packed, and those of the corpus.

use super::*;
use std::{fs, io::Write, path::PathBuf};
use zip::{ZipWriter, write::SimpleFileOptions};

fn read(bytes: &[u8]) -> Result<PackageContent, PackageError> {
    super::read(bytes, &QtiPictures::new())
}

const ITEM: &str = "<assessmentItem identifier='i'><itemBody><extendedTextInteraction responseIdentifier='R'>\
    <prompt>Why?</prompt></extendedTextInteraction></itemBody></assessmentItem>";

fn packed(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in files {
        archive.start_file(*path, SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn manifest(hrefs: &[&str]) -> String {
    let resources: String =
        hrefs.iter().map(|href| format!("<resource type='imsqti_item_xmlv2p1' href='{href}'/>\n")).collect();
    format!("<manifest>\n<resources>\n{resources}</resources></manifest>")
}

fn of_the_corpus(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/qti/packages");
    fs::read(folder.join(name)).expect("the corpus lies beside the project")
}

#[test]
fn each_error_names_its_file_and_stops_no_other_item() {
    let listed = manifest(&["a.xml", "%E4%B8%80/b.xml", "gone.xml", "../out.xml"]);
    let files = [("imsmanifest.xml", listed.as_str()), ("a.xml", ITEM), ("一/b.xml", "<quiz/>")];
    let read = read(&packed(&files)).unwrap().parsed;
    assert_eq!(read.items.len(), 1);
    let told: Vec<_> = read.errors.iter().map(|error| (error.file.as_str(), error.line, error.code.as_str())).collect();
    let expected =
        [(QTI_MANIFEST, 6, "leads_out_of_package"), (QTI_MANIFEST, 5, "file_missing"), ("一/b.xml", 1, "not_qti")];
    assert_eq!(told, expected);
}

#[test]
fn pictures_are_found_by_their_endings_and_in_the_order_of_their_paths() {
    let files = [("b/two.PNG", "two"), ("a.jpg", "one"), ("a.gif", "none"), ("c.txt", "none")];
    let found = pictures(&packed(&files)).unwrap();
    assert_eq!(found, [("a.jpg".to_owned(), b"one".to_vec()), ("b/two.PNG".to_owned(), b"two".to_vec())]);
    assert_eq!(pictures(b"no package"), Err(PackageError::NotAPackage));
}

#[test]
fn a_file_that_is_named_twice_is_read_once() {
    let twice = manifest(&["a.xml", "./a.xml", "b/../a.xml"]);
    let read = read(&packed(&[("imsmanifest.xml", &twice), ("a.xml", ITEM)])).unwrap().parsed;
    assert_eq!((read.items.len(), read.errors.len()), (1, 0));
}

#[test]
fn a_test_becomes_a_paper_of_the_items_that_were_read() {
    const SHARED: &str = "<qti-assessment-item identifier='i'><qti-assessment-stimulus-ref identifier='s' \
        href='../s.xml'/><qti-item-body><qti-extended-text-interaction response-identifier='R'><qti-prompt>Why?\
        </qti-prompt></qti-extended-text-interaction></qti-item-body></qti-assessment-item>";
    let test = "<qti-assessment-test title='T'><qti-test-part><qti-assessment-section title='S'>\
        <qti-assessment-item-ref href='items/b.xml'><qti-weight value='3'/></qti-assessment-item-ref>\
        <qti-assessment-item-ref href='items/a.xml'><qti-weight value='2'/></qti-assessment-item-ref>\
        <qti-assessment-item-ref href='items/gone.xml'><qti-weight value='2'/></qti-assessment-item-ref>\
        </qti-assessment-section></qti-test-part></qti-assessment-test>";
    let stimulus =
        "<qti-assessment-stimulus><qti-stimulus-body><p>Read.</p></qti-stimulus-body></qti-assessment-stimulus>";
    let listed = "<manifest><resources><resource type='imsqti_test_xmlv3p0' href='t.xml'/>\
        <resource type='imsqti_stimulus_xmlv3p0' href='s.xml'/><resource type='imsqti_item_xmlv3p0' href='items/a.xml'/>\
        <resource type='imsqti_item_xmlv3p0' href='items/b.xml'/></resources></manifest>";
    let files = [
        ("imsmanifest.xml", listed),
        ("t.xml", test),
        ("s.xml", stimulus),
        ("items/a.xml", ITEM),
        ("items/b.xml", SHARED),
    ];
    let PackageContent { parsed, papers, .. } = read(&packed(&files)).unwrap();
    assert_eq!(parsed.errors, []);
    assert_eq!(parsed.items[1].stem, "Read.\n\nWhy?");
    let [paper] = papers.as_slice() else { panic!("{papers:?}") };
    let items: Vec<_> = paper.items.iter().map(|item| (item.place, item.points.to_string())).collect();
    assert_eq!(items, [(1, "3".to_owned()), (0, "2".to_owned())]);
    let told: Vec<_> = parsed.losses.iter().map(|loss| (loss.file.as_str(), loss.code.as_str())).collect();
    assert_eq!(told, [("items/b.xml", "stimulus_copied"), ("t.xml", "test_item_missing")]);
}

#[test]
fn a_test_that_cannot_be_read_stops_no_item() {
    let listed = "<manifest><resources><resource type='imsqti_test_xmlv2p1' href='t.xml'/>\
        <resource type='imsqti_item_xmlv2p1' href='a.xml'/></resources></manifest>";
    let read = read(&packed(&[("imsmanifest.xml", listed), ("t.xml", "<assessmentTest"), ("a.xml", ITEM)])).unwrap();
    assert_eq!((read.parsed.items.len(), read.parsed.errors.len(), read.papers.len()), (1, 0, 0));
    assert_eq!((read.parsed.losses[0].file.as_str(), read.parsed.losses[0].code.as_str()), ("t.xml", "bad_xml"));
}

#[test]
fn names_of_older_programs_are_read() {
    let name = GB18030.encode("题/一.xml").0.into_owned();
    assert_eq!((path(&name).as_str(), path(b".\\a.xml").as_str()), ("题/一.xml", "a.xml"));
}

#[test]
fn a_file_that_is_no_package_is_refused() {
    let error = |bytes: &[u8]| read(bytes).unwrap_err();
    assert_eq!(error(b"no zip"), PackageError::NotAPackage);
    assert_eq!(error(&packed(&[("a.xml", ITEM)])), PackageError::NoManifest);
    let bomb = " ".repeat(9 * 1024 * 1024);
    assert_eq!(error(&packed(&[("imsmanifest.xml", &manifest(&[])), ("a.xml", &bomb)])), PackageError::TooLarge);
    let mut broken = packed(&[("imsmanifest.xml", &manifest(&["a.xml"])), ("a.xml", ITEM)]);
    for at in 0..broken.len() {
        broken[at] ^= 0x55;
        drop(read(&broken));
        broken[at] ^= 0x55;
    }
}

#[test]
fn the_packages_of_the_corpus_are_taken_or_refused_as_expected() {
    let PackageContent { parsed: whole, papers, .. } = read(&of_the_corpus("WebDeveloperTest1.zip")).unwrap();
    let unread: Vec<_> = whole.errors.iter().map(|error| (error.file.as_str(), error.name.as_str())).collect();
    assert_eq!((whole.items.len(), unread), (8, vec![("question8.xml", "")]));
    let [paper] = papers.as_slice() else { panic!("one test: {papers:?}") };
    assert_eq!((paper.title.as_str(), paper.items.len()), ("Web Developer Website", 8));
    let section = &paper.sections[0];
    assert_eq!((section.title.as_str(), &section.blocks), ("Electronics and Computer Science", &vec![1; 8]));
    let told = |code: &str, name: &str| whole.losses.iter().any(|loss| loss.code == code && loss.name == name);
    assert!(told("test_item_missing", "question8.xml") && told("left_out", "testFeedback"), "{:?}", whole.losses);
    assert!(told("left_out", "outcomeProcessing") && told("left_out", "itemSessionControl"), "{:?}", whole.losses);
    let missing = read(&of_the_corpus("MissingFile.zip")).unwrap().parsed;
    assert_eq!((missing.errors[0].code.as_str(), missing.errors[0].name.as_str()), ("file_missing", "missing.xml"));
    for name in ["NotContentPackage.zip", "ZipSlip.zip"] {
        assert_eq!(read(&of_the_corpus(name)), Err(PackageError::NoManifest), "{name}");
    }
}
