//! What a package of QTI says of itself: its manifest.

use crate::item_bank::{
    ImportError,
    import::import_error,
    markdown::Losses,
    percent::percent_decoded,
    xml::{self, Element},
};
use std::collections::BTreeSet;

/// Where the manifest of a package lies.
pub const QTI_MANIFEST: &str = "imsmanifest.xml";
/// Largest package that may be sent, in bytes.
pub const MAX_PACKAGE_BYTES: usize = 20 * 1024 * 1024;
/// How the types of resources begin that are items, in all versions.
const ITEM_TYPE: &str = "imsqti_item";
/// The same of tests.
const TEST_TYPE: &str = "imsqti_test";
/// The same of material that items share.
const STIMULUS_TYPE: &str = "imsqti_stimulus";

/// The files that a package speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QtiManifest {
    /// The items: their paths in the package, each once, and the lines that name them first.
    pub items: Vec<(String, u32)>,
    /// The tests, in the same way; they are among the others, too.
    pub tests: Vec<(String, u32)>,
    /// Every other file that must be there, in the same way.
    pub others: Vec<(String, u32)>,
    /// What leads out of the package.
    pub errors: Vec<ImportError>,
    /// What is no item, and is not taken.
    pub losses: Vec<ImportError>,
}

/// Reads a manifest.
///
/// # Errors
/// `not_qti_manifest` if it is none, or why its XML cannot be read.
pub fn read_qti_manifest(text: &str) -> Result<QtiManifest, ImportError> {
    let root = xml::parse(text)?;
    if root.name != "manifest" {
        return Err(import_error(root.line, "not_qti_manifest"));
    }
    let (mut manifest, mut losses, mut seen) = (QtiManifest::default(), Losses::default(), BTreeSet::new());
    let base = |element: &Element| element.attribute("base").unwrap_or_default().to_owned();
    for resources in root.all("resources") {
        for resource in resources.all("resource") {
            let base = [base(&root), base(resources), base(resource)].concat();
            let is_of = |wanted: &str| resource.attribute("type").is_some_and(|kind| kind.starts_with(wanted));
            let is_item = is_of(ITEM_TYPE);
            let Some(href) = href(resource).or_else(|| href(resource.child("file").filter(|_| is_item)?)) else {
                if is_item {
                    let name = resource.attribute("identifier").unwrap_or_default().to_owned();
                    manifest.errors.push(ImportError { name, ..import_error(resource.line, "file_missing") });
                }
                continue;
            };
            let Some(path) = path_in_package(&format!("{base}{href}")) else {
                let error = import_error(resource.line, "leads_out_of_package");
                manifest.errors.push(ImportError { name: href.to_owned(), ..error });
                continue;
            };
            if is_item {
                if seen.insert(path.clone()) {
                    manifest.items.push((path, resource.line));
                }
            } else {
                if is_of(TEST_TYPE) {
                    if seen.insert(path.clone()) {
                        manifest.tests.push((path.clone(), resource.line));
                    }
                } else if !is_of(STIMULUS_TYPE) {
                    losses.note(resource.line, "left_out", href);
                }
                manifest.others.push((path, resource.line));
            }
        }
    }
    manifest.losses = losses.in_order();
    Ok(manifest)
}

/// The address that an element names.
fn href(element: &Element) -> Option<&str> {
    element.attribute("href").filter(|href| !href.trim().is_empty())
}

/// The path that an address names in a package; `None` if it leads out of it.
fn path_in_package(href: &str) -> Option<String> {
    let decoded = percent_decoded(href.split(['#', '?']).next().unwrap_or_default())?.replace('\\', "/");
    if decoded.starts_with('/') || decoded.contains(':') {
        return None;
    }
    let mut path: Vec<&str> = Vec::new();
    for step in decoded.trim().split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()?),
            step => path.push(step),
        }
    }
    (!path.is_empty()).then(|| path.join("/"))
}

/// The path that an address names in the file at `path`; `None` if it leads out of the package.
pub(super) fn path_beside(path: &str, href: &str) -> Option<String> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let own = href.split(['#', '?']).next().unwrap_or_default().trim();
    if own.is_empty() || own.starts_with(['/', '\\']) {
        return None;
    }
    path_in_package(&if folder.is_empty() { href.to_owned() } else { format!("{folder}/{href}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::has_texts;

    #[test]
    fn items_are_told_from_what_else_lies_in_a_package() {
        let manifest = read_qti_manifest(
            "<m:manifest xmlns:m='http://www.imsglobal.org/xsd/imscp_v1p1'><m:resources>\n\
             <m:resource type='imsqti_item_xmlv2p2' href='a%20%E9%A2%98/./1.xml'/>\n\
             <m:resource type='imsqti_test_xmlv2p1' href='test.xml'/><m:resource type='webcontent' href='a.css'/>\n\
             <m:resource type='imsqti_item_xmlv3p0' href='../../etc/passwd'/>\n\
             <m:resource type='imsqti_item_xmlv3p0' identifier='none'/>\n\
             <m:resource type='imsqti_item_xmlv3p0'><m:file href='2.xml'/></m:resource>\n\
             <m:resource type='imsqti_item_xmlv2p2' href='x/../2.xml'/></m:resources></m:manifest>",
        )
        .unwrap();
        assert_eq!(manifest.items, [("a 题/1.xml".to_owned(), 2), ("2.xml".to_owned(), 6)]);
        assert_eq!(manifest.tests, [("test.xml".to_owned(), 3)]);
        assert_eq!(manifest.others, [("test.xml".to_owned(), 3), ("a.css".to_owned(), 3)]);
        let told = |list: &[ImportError]| {
            list.iter().map(|one| (one.line, one.code.clone(), one.name.clone())).collect::<Vec<_>>()
        };
        let wrong = [(4, "leads_out_of_package", "../../etc/passwd"), (5, "file_missing", "none")];
        assert_eq!(told(&manifest.errors), wrong.map(|(line, code, name)| (line, code.to_owned(), name.to_owned())));
        assert_eq!(told(&manifest.losses), [(3, "left_out".to_owned(), "a.css".to_owned())]);
        assert_eq!(read_qti_manifest("<quiz/>").unwrap_err().code, "not_qti_manifest");
    }

    #[test]
    fn a_path_stays_within_the_package() {
        assert_eq!(path_in_package("a/../b.xml").as_deref(), Some("b.xml"));
        for href in ["..", "/a", "c:/a", "http://x/a", "a/../..", "%2e%2e/a", "..\\a", "", "%ff"] {
            assert_eq!(path_in_package(href), None, "{href}");
        }
    }

    #[test]
    fn an_address_is_read_from_where_it_stands() {
        assert_eq!(path_beside("a/b/t.xml", "../c.xml").as_deref(), Some("a/c.xml"));
        assert_eq!(path_beside("t.xml", "c%20d.xml").as_deref(), Some("c d.xml"));
        for href in ["../../../c.xml", "/c.xml", "\\c.xml", "http://x/c.xml"] {
            assert_eq!(path_beside("a/b/t.xml", href), None, "{href}");
        }
        for href in ["", " ", "#x"] {
            assert_eq!(path_beside("a/t.xml", href), None, "{href}");
        }
    }

    #[test]
    fn each_reason_not_to_read_a_package_has_a_text() {
        for code in ["not-a-package", "package-encrypted", "package-too-large", "package-no-manifest"] {
            assert!(has_texts(&format!("field.{code}")), "{code}");
        }
        for code in ["not_qti_manifest", "leads_out_of_package", "file_missing", "file_no_text", "file_too_large"] {
            assert!(has_texts(&format!("import.{code}")), "{code}");
        }
    }
}
