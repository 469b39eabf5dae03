//! A package of QTI items: its manifest, a file for each item, and the pictures that they show.

use super::{OutgoingPictures, Part, picture_name};
use crate::item_bank::QTI_MANIFEST;
use std::collections::BTreeSet;

/// Where pictures lie, seen from an item.
pub(super) const PICTURES: &str = "media/";
/// Where items lie.
const ITEMS: &str = "items/";

/// What differs between the packages of two versions.
pub(super) struct PackageForm {
    namespace: &'static str,
    schema: &'static str,
    version: &'static str,
    item_type: &'static str,
}

pub(super) const QTI_22: PackageForm = PackageForm {
    namespace: "http://www.imsglobal.org/xsd/imscp_v1p1",
    schema: "QTIv2.2 Package",
    version: "1.0.0",
    item_type: "imsqti_item_xmlv2p2",
};

pub(super) const QTI_30: PackageForm = PackageForm {
    namespace: "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    schema: "QTI Package",
    version: "3.0.0",
    item_type: "imsqti_item_xmlv3p0",
};

/// All files of a package, the manifest first.
pub(super) fn files(form: &PackageForm, parts: Vec<Part>, pictures: &OutgoingPictures) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![(QTI_MANIFEST.to_owned(), manifest(form, &parts, pictures).into_bytes())];
    let shown: BTreeSet<&String> = parts.iter().flat_map(|part| &part.pictures).collect();
    for sha256 in shown {
        if let Some(picture) = pictures.get(sha256) {
            files.push((format!("{ITEMS}{PICTURES}{}", picture_name(sha256, picture)), picture.content.clone()));
        }
    }
    files.extend(parts.into_iter().map(|part| (path(&part), part.text.into_bytes())));
    files
}

fn path(part: &Part) -> String {
    format!("{ITEMS}{}.xml", part.id)
}

fn manifest(form: &PackageForm, parts: &[Part], pictures: &OutgoingPictures) -> String {
    let PackageForm { namespace, schema, version, item_type } = form;
    let resources = parts.iter().map(|part| {
        let shown = part.pictures.iter().filter_map(|sha256| Some(picture_name(sha256, pictures.get(sha256)?)));
        let files: String = shown.map(|name| format!("<file href=\"{ITEMS}{PICTURES}{name}\"/>")).collect();
        let path = path(part);
        format!(
            "<resource identifier=\"item-{}\" type=\"{item_type}\" href=\"{path}\"><file href=\"{path}\"/>{files}\
             </resource>\n",
            part.id
        )
    });
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest xmlns=\"{namespace}\" identifier=\"items\">\n\
         <metadata><schema>{schema}</schema><schemaversion>{version}</schemaversion></metadata>\n<organizations/>\n\
         <resources>\n{}</resources>\n</manifest>\n",
        resources.collect::<String>()
    )
}
