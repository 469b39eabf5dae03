//! Material that several items share: a file of its own in a package, which stands before each of them here.

use super::{
    body::feedback,
    names,
    package::path_beside,
    pictures::{QtiPictures, placed},
};
use crate::item_bank::{
    ImportError,
    blanks::BLANK,
    import::import_error,
    markdown::{Losses, markdown, math},
    xml::{self, Element},
};
use std::collections::BTreeMap;

/// The files of a package that items share, by their paths.
pub type QtiStimuli = BTreeMap<String, String>;

/// Where an item lies, and what it may share with others.
#[derive(Clone, Copy)]
pub(super) struct Place<'p> {
    pub(super) path: &'p str,
    pub(super) stimuli: &'p QtiStimuli,
    pub(super) pictures: &'p QtiPictures,
}

/// The paths of the material that an item at `path` shares with others; none if it cannot be read.
#[must_use]
pub fn qti_stimuli_of(text: &str, path: &str) -> Vec<String> {
    let Ok(root) = xml::parse(text).map(names::as_in_2) else { return Vec::new() };
    let hrefs = root.all("assessmentStimulusRef").filter_map(|reference| reference.attribute("href"));
    hrefs.filter_map(|href| path_beside(path, href)).collect()
}

/// The material of an item in Markdown. Lines that are only drawn in it are no blanks.
///
/// # Errors
/// `stimulus_missing` with its address if it is not there, or no material; `mathml` if formulas stand in it.
pub(super) fn material(root: &Element, place: Place<'_>, losses: &mut Losses) -> Result<String, ImportError> {
    let mut parts = Vec::new();
    for reference in root.all("assessmentStimulusRef") {
        let href = reference.attribute("href").unwrap_or_default();
        let fail = |code: &str| ImportError { name: href.to_owned(), ..import_error(reference.line, code) };
        let beside = path_beside(place.path, href).ok_or_else(|| fail("stimulus_missing"))?;
        let text = place.stimuli.get(&beside).ok_or_else(|| fail("stimulus_missing"))?;
        let stimulus = names::as_in_2(xml::parse(text).map_err(|_| fail("stimulus_missing"))?);
        let stimulus = placed(stimulus, &beside, place.pictures);
        let body = stimulus.child("stimulusBody").ok_or_else(|| fail("stimulus_missing"))?;
        if math(&body.nodes).is_some() {
            return Err(fail("mathml"));
        }
        parts.push(markdown(&body.nodes, losses, &mut |element, losses| feedback(element, losses)));
        losses.note(reference.line, "stimulus_copied", href);
    }
    Ok(parts.join("\n\n").replace(BLANK, &"\\_".repeat(BLANK.len())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        item_bank::{ParsedItems, parse_qti, parse_qti_of_package},
        problem::has_texts,
    };

    const ITEM: &str = "<qti-assessment-item identifier='i'><qti-assessment-stimulus-ref identifier='s' href='../s.xml'/>\
        <qti-item-body><qti-extended-text-interaction response-identifier='R'><qti-prompt>Why?</qti-prompt>\
        </qti-extended-text-interaction></qti-item-body></qti-assessment-item>";

    fn read(path: &str, stimuli: &QtiStimuli) -> ParsedItems {
        parse_qti_of_package(ITEM, path, stimuli, &QtiPictures::new())
    }

    fn stimuli(body: &str) -> QtiStimuli {
        let text =
            format!("<qti-assessment-stimulus><qti-stimulus-body>{body}</qti-stimulus-body></qti-assessment-stimulus>");
        BTreeMap::from([("s.xml".to_owned(), text)])
    }

    #[test]
    fn material_stands_before_each_item_that_shares_it() {
        assert_eq!(qti_stimuli_of(ITEM, "items/a.xml"), ["s.xml"]);
        let parsed = read("items/a.xml", &stimuli("<p>A ____ line.</p><p>More.</p>"));
        assert_eq!(parsed.errors, []);
        assert_eq!(parsed.items[0].stem, "A \\_\\_\\_\\_ line.\n\nMore.\n\nWhy?");
        assert_eq!((parsed.losses[0].code.as_str(), parsed.losses[0].name.as_str()), ("stimulus_copied", "../s.xml"));
    }

    #[test]
    fn an_item_without_its_material_is_none() {
        let codes = |parsed: ParsedItems| parsed.errors.into_iter().map(|error| error.code).collect::<Vec<_>>();
        assert_eq!(codes(parse_qti(ITEM)), ["stimulus_missing"]);
        assert_eq!(codes(read("a.xml", &stimuli("x"))), ["stimulus_missing"], "it lies elsewhere");
        let formula = stimuli("<math xmlns='http://www.w3.org/1998/Math/MathML'><mi>x</mi></math>");
        assert_eq!(codes(read("items/a.xml", &formula)), ["mathml"]);
        assert!(["stimulus_missing", "stimulus_copied"].iter().all(|code| has_texts(&format!("import.{code}"))));
    }
}
