//! Packages of QTI items: a zip archive with a manifest, unpacked within bounds and never onto a disk.

use super::{file::text_of_file, import::ITEMS, unread::UnreadFile};
use encoding_rs::GB18030;
use shared::{
    item_bank::{
        DraftPaper, ImportError, ParsedItems, QTI_MANIFEST, QtiManifest, QtiPictures, QtiStimuli, parse_qti_of_package,
        qti_stimuli_of, read_qti_manifest, read_qti_test,
    },
    media::MAX_PICTURE_BYTES,
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
/// Pictures of a package that are looked at.
pub(super) const MAX_PICTURES: usize = 200;
/// Bytes of all of them.
const MAX_PICTURES_BYTES: u64 = 40 * 1024 * 1024;
/// Pictures that can be taken, by the endings of their files.
const PICTURES: [&str; 4] = [".png", ".jpg", ".jpeg", ".webp"];
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

/// The files of the pictures of a package, by their paths; those that are too large or cannot be unpacked are left out.
///
/// # Errors
/// If it is no package, or larger than any.
pub(super) fn pictures(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, PackageError> {
    Ok(Package::open(bytes)?.pictures())
}

/// Reads every item of a package, until there are more than may be stored, and then its tests. A file that is missing or
/// cannot be read is an error in the report; of a test that cannot, the items are there all the same. `pictures` are those
/// that come along.
///
/// # Errors
/// If it is no package, or larger than any.
pub(super) fn read(bytes: &[u8], pictures: &QtiPictures) -> Result<PackageContent, PackageError> {
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
    let places = package.read_items(&items, pictures, &mut content)?;
    for path in tests {
        package.read_test(&path, &places, &mut content)?;
    }
    Ok(content)
}

/// How many items of a package can be read, if it is one: for who tries the reader with whatever there may be.
#[must_use]
pub fn count_in_package(bytes: &[u8]) -> Option<usize> {
    read(bytes, &QtiPictures::new()).ok().map(|content| content.parsed.items.len())
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

    fn pictures(&mut self) -> Vec<(String, Vec<u8>)> {
        let is_picture = |path: &str| PICTURES.iter().any(|ending| path.to_lowercase().ends_with(ending));
        let listed = self.places.iter().filter(|(path, _)| is_picture(path));
        let mut listed: Vec<(String, usize)> = listed.map(|(path, at)| (path.clone(), *at)).collect();
        listed.sort();
        let (mut found, mut left) = (Vec::new(), MAX_PICTURES_BYTES);
        for (path, at) in listed.into_iter().take(MAX_PICTURES) {
            let Ok(file) = self.archive.by_index(at) else { continue };
            let most = left.min(u64::try_from(MAX_PICTURE_BYTES).unwrap_or(u64::MAX));
            let mut content = Vec::new();
            // What a file says of its size need not be true.
            let is_whole = file.take(most.saturating_add(1)).read_to_end(&mut content).is_ok();
            let size = u64::try_from(content.len()).unwrap_or(u64::MAX);
            if is_whole && size <= most {
                left = left.saturating_sub(size);
                found.push((path, content));
            }
        }
        found
    }

    /// Reads the items at these paths; where each that is one stands among all.
    fn read_items(
        &mut self,
        paths: &[String],
        pictures: &QtiPictures,
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
                    let found = parse_qti_of_package(&text, path, &stimuli, pictures);
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
mod tests;
