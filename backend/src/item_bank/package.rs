//! Packages of QTI items: a zip archive with a manifest, unpacked within bounds and never onto a disk.

use super::{file::text_of_file, import::ITEMS, unread::UnreadFile};
use encoding_rs::GB18030;
use shared::item_bank::{
    DraftPaper, ImportError, ParsedItems, QTI_MANIFEST, QtiManifest, QtiStimuli, parse_qti_of_package, qti_stimuli_of,
    read_qti_manifest, read_qti_test,
};
use std::{
    collections::{BTreeMap, HashMap},
    io::{Cursor, Read},
};
use zip::ZipArchive;

/// Files of a package.
const MAX_FILES: usize = 5_000;
/// Bytes that a package may have when it is unpacked, by what it says and by what is read of it.
const MAX_UNPACKED_BYTES: u64 = 200 * 1024 * 1024;
/// Bytes of a file that is read.
const MAX_FILE_BYTES: u64 = 4 * 1024 * 1024;
/// A file that is larger than this …
const SUSPECT_BYTES: u64 = 8 * 1024 * 1024;
/// … is not unpacked if it is so many times as large as it lies in the package.
const MAX_RATIO: u64 = 200;

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum PackageError {
    #[error("not a package")]
    NotAPackage,
    #[error("the package is locked by a password")]
    Encrypted,
    #[error("the package is too large when unpacked")]
    TooLarge,
    #[error("the package has no manifest")]
    NoManifest,
}

impl PackageError {
    /// The code of the field error.
    pub(super) const fn field_code(self) -> &'static str {
        match self {
            Self::NotAPackage => "not-a-package",
            Self::Encrypted => "package-encrypted",
            Self::TooLarge => "package-too-large",
            Self::NoManifest => "package-no-manifest",
        }
    }
}

/// A package as files.
struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Where each file lies, by its path.
    places: HashMap<String, usize>,
    /// Bytes that may still be unpacked.
    left: u64,
}

/// What was read of a package.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct PackageContent {
    /// Its items.
    pub(super) parsed: ParsedItems,
    /// Its tests, each as a paper of these items.
    pub(super) papers: Vec<DraftPaper>,
    /// Its files that hold no item that there is here.
    pub(super) unread: Vec<UnreadFile>,
}

/// Reads every item of a package, until there are more than may be stored, and then its tests. A file that is missing or
/// cannot be read is an error in the report; of a test that cannot, the items are there all the same.
///
/// # Errors
/// If it is no package, or larger than any.
pub(super) fn read(bytes: &[u8]) -> Result<PackageContent, PackageError> {
    let mut package = Package::open(bytes)?;
    if !package.places.contains_key(QTI_MANIFEST) {
        return Err(PackageError::NoManifest);
    }
    let mut content = PackageContent::default();
    let manifest = package.text(QTI_MANIFEST)?.and_then(|text| read_qti_manifest(&text));
    let QtiManifest { items, tests, others, errors, losses } = match manifest {
        Ok(manifest) => manifest,
        Err(error) => {
            content.parsed.errors.push(within(QTI_MANIFEST, error));
            return Ok(content);
        }
    };
    content.parsed.errors.extend(errors.into_iter().map(|error| within(QTI_MANIFEST, error)));
    content.parsed.losses.extend(losses.into_iter().map(|loss| within(QTI_MANIFEST, loss)));
    let is_missing = |(path, _): &(String, u32)| !package.places.contains_key(path);
    let missing = items.iter().chain(&others).filter(|item| is_missing(item));
    let told = missing.map(|(path, line)| within(QTI_MANIFEST, error(*line, "file_missing", path)));
    content.parsed.errors.extend(told);
    let there = |listed: &[(String, u32)]| -> Vec<String> {
        listed.iter().filter(|item| !is_missing(item)).map(|(path, _)| path.clone()).collect()
    };
    let (items, tests) = (there(&items), there(&tests));
    let places = package.read_items(&items, &mut content)?;
    for path in tests {
        package.read_test(&path, &places, &mut content)?;
    }
    Ok(content)
}

/// How many items of a package can be read, if it is one: for who tries the reader with whatever there may be.
#[must_use]
pub fn count_in_package(bytes: &[u8]) -> Option<usize> {
    read(bytes).ok().map(|content| content.parsed.items.len())
}

/// What of a text was not understood, if it is an item, and none here: what is no XML is nobody's item.
pub(super) fn not_understood(parsed: &ParsedItems) -> Option<String> {
    let error = parsed.errors.first().filter(|error| parsed.items.is_empty() && !error.code.starts_with("bad_xml"))?;
    let is_no_item = ["not_qti", "xml_document_type", "xml_too_large"].contains(&error.code.as_str());
    let name = if error.name.is_empty() { &error.code } else { &error.name };
    (!is_no_item).then(|| name.clone())
}

fn error(line: u32, code: &str, name: &str) -> ImportError {
    ImportError { line, code: code.to_owned(), name: name.to_owned(), file: String::new(), detail: String::new() }
}

/// What is to be told of a file.
fn within(file: &str, error: ImportError) -> ImportError {
    ImportError { file: file.to_owned(), ..error }
}

impl<'b> Package<'b> {
    fn open(bytes: &'b [u8]) -> Result<Self, PackageError> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| PackageError::NotAPackage)?;
        if archive.len() > MAX_FILES {
            return Err(PackageError::TooLarge);
        }
        let (mut places, mut declared) = (HashMap::new(), 0_u64);
        for at in 0..archive.len() {
            let file = archive.by_index_raw(at).map_err(|_| PackageError::NotAPackage)?;
            if file.encrypted() {
                return Err(PackageError::Encrypted);
            }
            let (size, packed) = (file.size(), file.compressed_size().max(1));
            declared = declared.saturating_add(size);
            if declared > MAX_UNPACKED_BYTES || (size > SUSPECT_BYTES && size / packed > MAX_RATIO) {
                return Err(PackageError::TooLarge);
            }
            places.entry(path(file.name_raw())).or_insert(at);
        }
        Ok(Self { archive, places, left: MAX_UNPACKED_BYTES })
    }

    /// Reads the items at these paths; where each that is one stands among all.
    fn read_items(
        &mut self,
        paths: &[String],
        content: &mut PackageContent,
    ) -> Result<BTreeMap<String, u32>, PackageError> {
        let PackageContent { parsed, unread, .. } = content;
        let (mut places, mut stimuli) = (BTreeMap::new(), QtiStimuli::new());
        for path in paths {
            if parsed.items.len() > ITEMS {
                break;
            }
            match self.text(path)? {
                Ok(text) => {
                    self.read_stimuli(&text, path, &mut stimuli)?;
                    let found = parse_qti_of_package(&text, path, &stimuli);
                    if !found.items.is_empty() {
                        let place = u32::try_from(parsed.items.len()).map_err(|_| PackageError::TooLarge)?;
                        places.insert(path.clone(), place);
                    }
                    if let Some(name) = not_understood(&found) {
                        unread.push(UnreadFile { file: path.clone(), name, text });
                    }
                    parsed.items.extend(found.items);
                    parsed.errors.extend(found.errors.into_iter().map(|error| within(path, error)));
                    parsed.losses.extend(found.losses.into_iter().map(|loss| within(path, loss)));
                }
                Err(error) => parsed.errors.push(within(path, error)),
            }
        }
        Ok(places)
    }

    /// Reads the material that an item shares with others, once. What is not there the item itself reports.
    fn read_stimuli(&mut self, item: &str, path: &str, stimuli: &mut QtiStimuli) -> Result<(), PackageError> {
        for path in qti_stimuli_of(item, path) {
            if !stimuli.contains_key(&path)
                && let Ok(text) = self.text(&path)?
            {
                stimuli.insert(path, text);
            }
        }
        Ok(())
    }

    /// Reads a test, whose items stand at these places. What of it is no paper here is told, and stops no item.
    fn read_test(
        &mut self,
        path: &str,
        places: &BTreeMap<String, u32>,
        content: &mut PackageContent,
    ) -> Result<(), PackageError> {
        let losses = match self.text(path)?.and_then(|text| read_qti_test(&text, path)) {
            Ok(test) => {
                let (paper, missing) = DraftPaper::of_test(&test, places);
                content.papers.extend(paper);
                [test.losses, missing].concat()
            }
            Err(error) => vec![error],
        };
        content.parsed.losses.extend(losses.into_iter().map(|loss| within(path, loss)));
        Ok(())
    }

    /// The text of a file, or why there is none.
    ///
    /// # Errors
    /// If more is unpacked than the package said.
    fn text(&mut self, path: &str) -> Result<Result<String, ImportError>, PackageError> {
        let Some(at) = self.places.get(path) else { return Ok(Err(error(1, "file_missing", path))) };
        let file = self.archive.by_index(*at).map_err(|_| PackageError::NotAPackage)?;
        let (most, mut content) = (MAX_FILE_BYTES.min(self.left), Vec::new());
        // What a file says of its size need not be true.
        file.take(most.saturating_add(1)).read_to_end(&mut content).map_err(|_| PackageError::NotAPackage)?;
        let size = u64::try_from(content.len()).map_err(|_| PackageError::TooLarge)?;
        self.left = self.left.checked_sub(size).ok_or(PackageError::TooLarge)?;
        if size > most {
            return Ok(Err(error(1, "file_too_large", path)));
        }
        Ok(text_of_file(&content).ok_or_else(|| error(1, "file_no_text", path)))
    }
}

/// The path of a file, whatever its name is written in: older programs here do not say.
fn path(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(raw).0.into_owned(),
    };
    let name = name.replace('\\', "/");
    name.trim_start_matches("./").to_owned()
}

#[cfg(test)]
mod replay;
#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, io::Write, path::PathBuf};
    use zip::{ZipWriter, write::SimpleFileOptions};

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
        let told: Vec<_> =
            read.errors.iter().map(|error| (error.file.as_str(), error.line, error.code.as_str())).collect();
        let expected =
            [(QTI_MANIFEST, 6, "leads_out_of_package"), (QTI_MANIFEST, 5, "file_missing"), ("一/b.xml", 1, "not_qti")];
        assert_eq!(told, expected);
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
        let read =
            read(&packed(&[("imsmanifest.xml", listed), ("t.xml", "<assessmentTest"), ("a.xml", ITEM)])).unwrap();
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
        assert_eq!((whole.items.len(), unread), (8, vec![("question8.xml", "inlineChoiceInteraction")]));
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
}
