//! Sets documents on paper: typst behind one function, in a crate of its own so that it compiles
//! once.

use serde_json::Value;
use std::{collections::HashMap, path::Path};
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration, Smart},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_kit::fonts::{self, FontStore};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// Where a template finds its data.
const DATA: &str = "/data.json";

/// Why a document was not set.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("; "))]
pub struct PrintError(Vec<String>);

/// The fonts of the machine, found once and read when they are used.
pub struct Press {
    library: LazyHash<Library>,
    fonts: FontStore,
}

/// What is to be set.
pub struct Job<'a> {
    /// The typst text. It reads its data from `/data.json`, and `files` by their names.
    pub template: &'static str,
    /// Everything that differs from document to document.
    pub data: &'a Value,
    /// Pictures and attachments: a name that begins with `/`, and the content.
    pub files: Vec<(&'static str, Vec<u8>)>,
    /// Names this document for ever; the same job gives the same bytes.
    pub ident: String,
}

impl Press {
    /// Looks for fonts in `folder`, and where the system keeps its own.
    #[must_use]
    pub fn new(folder: Option<&Path>) -> Self {
        let mut press = folder.map_or_else(|| Self::of(FontStore::new()), Self::of_folder);
        press.fonts.extend(fonts::system());
        press
    }

    /// Looks for fonts in `folder` and nowhere else.
    #[must_use]
    pub fn of_folder(folder: &Path) -> Self {
        let mut store = FontStore::new();
        store.extend(fonts::scan(folder));
        Self::of(store)
    }

    fn of(store: FontStore) -> Self {
        Self { library: LazyHash::new(Library::default()), fonts: store }
    }

    /// The first of these families that the machine has.
    #[must_use]
    pub fn first_of<'a>(&self, families: &[&'a str]) -> Option<&'a str> {
        families.iter().copied().find(|family| self.fonts.book().contains_family(&family.to_lowercase()))
    }

    /// Sets a document as PDF/A-3, fonts embedded as subsets.
    ///
    /// # Errors
    /// If the template is wrong, or a letter of the data is in no font.
    pub fn print(&self, job: Job<'_>) -> Result<Vec<u8>, PrintError> {
        let main = file_id("/main.typ");
        let mut files: HashMap<_, _> =
            job.files.into_iter().map(|(name, content)| (file_id(name), Bytes::new(content))).collect();
        files.insert(file_id(DATA), Bytes::from_string(job.data.to_string()));
        let desk = Desk { press: self, main: Source::new(main, job.template.to_owned()), files };
        let document = typst::compile::<PagedDocument>(&desk).output.map_err(told)?;
        let standards =
            PdfStandards::new(&[PdfStandard::A_3a]).map_err(|error| PrintError(vec![error.message().to_string()]))?;
        let options = PdfOptions { ident: Smart::Custom(job.ident), standards, ..PdfOptions::default() };
        let pdf = typst_pdf::pdf(&document, &options).map_err(told);
        // Nothing personal stays in memory for the next job.
        comemo::evict(0);
        pdf
    }
}

fn told(errors: impl IntoIterator<Item = SourceDiagnostic>) -> PrintError {
    PrintError(errors.into_iter().map(|error| error.message.to_string()).collect())
}

/// The id of a file of a job. Names are constants, so that the table of ids stays small.
#[expect(clippy::expect_used, reason = "the names of a job's files are constants")]
fn file_id(name: &'static str) -> FileId {
    let path = VirtualPath::new(name).expect("the name of a file");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// What typst sees of the world: fonts, and the files of one job.
struct Desk<'a> {
    press: &'a Press,
    main: Source,
    files: HashMap<FileId, Bytes>,
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.press.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::NotSource) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or_else(|| FileError::NotFound(id.get().vpath().get_with_slash().into()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.font(index)
    }

    /// There is no today: a document has the date that its data say.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const TEMPLATE: &str = r#"
        #let it = json("/data.json")
        #set document(title: it.name, date: datetime(year: 2026, month: 11, day: 24))
        #set text(font: it.font, lang: "zh")
        #it.name
    "#;

    fn set(name: &str) -> Result<Vec<u8>, PrintError> {
        let press = Press::new(None);
        let font = press.first_of(&["Nowhere", "Noto Serif CJK SC", "Noto Sans CJK SC"]).expect("a Chinese font");
        let data = json!({ "name": name, "font": font });
        press.print(Job { template: TEMPLATE, data: &data, files: Vec::new(), ident: name.to_owned() })
    }

    #[test]
    fn rare_letters_of_names_are_set() {
        // U+4DAE, U+36C3 and U+2CB4E stand in names; the last lies beyond the basic plane.
        for name in ["张䶮", "李㛃", "王𬭎"] {
            assert!(set(name).unwrap().starts_with(b"%PDF"), "{name}");
        }
    }

    #[test]
    fn a_letter_that_no_font_has_is_refused_rather_than_left_out() {
        let refusal = set("张\u{10FFFD}").unwrap_err().to_string();
        assert!(refusal.contains("glyph") || refusal.contains("font"), "{refusal}");
    }

    #[test]
    fn the_same_job_gives_the_same_bytes() {
        assert_eq!(set("张秀英").unwrap(), set("张秀英").unwrap());
    }
}
