//! Writes items of QTI 2.2 and 3.0. An item is written as one of 2.2; the names of 3.0 are put on last.

use super::{
    OutgoingItem, TruthWords,
    inline::{Desk, escaped},
    qti_kinds::kind,
    qti_names::as_in_3,
    title,
};
use crate::item_bank::ExportLossCode;

/// What stands before an item of each version.
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const ROOT_22: &str = "assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" \
    xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
    xsi:schemaLocation=\"http://www.imsglobal.org/xsd/imsqti_v2p2 \
    http://www.imsglobal.org/xsd/qti/qtiv2p2/imsqti_v2p2p2.xsd\"";
const ROOT_30: &str = "qti-assessment-item xmlns=\"http://www.imsglobal.org/xsd/imsqtiasi_v3p0\" \
    xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
    xsi:schemaLocation=\"http://www.imsglobal.org/xsd/imsqtiasi_v3p0 \
    https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd\"";

/// What the template says of everything or nothing.
const MATCH_RULES: &str = "<responseCondition><responseIf><match><variable identifier=\"RESPONSE\"/>\
    <correct identifier=\"RESPONSE\"/></match><setOutcomeValue identifier=\"SCORE\"><baseValue baseType=\"float\">1\
    </baseValue></setOutcomeValue></responseIf></responseCondition>";

/// A version of QTI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    V22,
    V30,
}

impl Version {
    /// Where the template of this name is.
    fn template(self, name: &str) -> String {
        match self {
            Self::V22 => format!("http://www.imsglobal.org/question/qti_v2p2/rptemplates/{name}"),
            Self::V30 => format!("https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/{name}.xml"),
        }
    }
}

/// How the points of an item come from its responses.
pub(super) enum Processing {
    /// A person gives them.
    ByHand,
    /// Everything or nothing.
    MatchCorrect,
    /// All that these variables are worth by their mappings.
    SumOf(Vec<String>),
    /// Rules of its own.
    Rules(String),
}

/// What a kind of item is in QTI.
pub(super) struct Kind {
    /// What is declared of each response.
    pub(super) declarations: String,
    /// What stands behind the stem.
    pub(super) interaction: String,
    pub(super) processing: Processing,
    /// The points of who does everything right.
    pub(super) most: usize,
    /// Whether the stem stands within the interaction.
    pub(super) has_stem: bool,
}

/// The identifier of an item.
fn identifier(outgoing: &OutgoingItem) -> String {
    format!("item-{}", outgoing.id)
}

/// An item; `None` if it cannot be written.
pub(super) fn write(
    version: Version,
    outgoing: &OutgoingItem,
    desk: &mut Desk<'_>,
    words: &TruthWords,
) -> Option<String> {
    let item = &outgoing.item;
    let Kind { declarations, interaction, processing, most, has_stem } = kind(item, desk, words)?;
    let stem = stem_of(&item.stem, has_stem, desk);
    let explanation = explanation(&item.explanation, desk);
    let content = format!(
        "{declarations}<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\" \
         normalMaximum=\"{most}\"/>\n<itemBody>\n{stem}\n{interaction}{explanation}</itemBody>\n{}",
        processed(&processing, version)
    );
    let (id, title) = (identifier(outgoing), escaped(&title(&item.stem)));
    Some(match version {
        Version::V22 => format!(
            "{HEAD}<{ROOT_22} identifier=\"{id}\" title=\"{title}\" adaptive=\"false\" timeDependent=\"false\">\n\
             {content}</assessmentItem>\n"
        ),
        Version::V30 => format!(
            "{HEAD}<{ROOT_30} identifier=\"{id}\" title=\"{title}\" adaptive=\"false\" time-dependent=\"false\">\n\
             {}</qti-assessment-item>\n",
            as_in_3(&content)?
        ),
    })
}

/// The stem where none stands within the interaction. Where it has no blanks, its places stand below.
pub(super) fn stem_of(markdown: &str, has_stem: bool, desk: &mut Desk<'_>) -> String {
    let stem = if has_stem { String::new() } else { desk.blocks(markdown) };
    let places = std::mem::take(&mut desk.places).into_iter().map(|place| format!("<p>{place}</p>"));
    stem + &places.collect::<String>()
}

/// What is said to who teaches; no candidate sees it.
fn explanation(markdown: &str, desk: &mut Desk<'_>) -> String {
    if markdown.trim().is_empty() {
        return String::new();
    }
    desk.tell(ExportLossCode::ExplanationNotReadBack);
    format!("<rubricBlock view=\"tutor\">{}</rubricBlock>\n", desk.blocks(markdown))
}

fn processed(processing: &Processing, version: Version) -> String {
    match processing {
        Processing::ByHand => String::new(),
        Processing::MatchCorrect => {
            format!("<responseProcessing template=\"{}\"/>\n", version.template("match_correct"))
        }
        Processing::SumOf(_) | Processing::Rules(_) => {
            format!("<responseProcessing>{}</responseProcessing>\n", rules(processing))
        }
    }
}

/// The rules, written out; none where a person gives the points.
pub(super) fn rules(processing: &Processing) -> String {
    match processing {
        Processing::ByHand => String::new(),
        Processing::MatchCorrect => MATCH_RULES.to_owned(),
        Processing::SumOf(names) => {
            let each = names.iter().map(|name| format!("<mapResponse identifier=\"{name}\"/>"));
            let sum = each.collect::<String>();
            format!("<setOutcomeValue identifier=\"SCORE\"><sum>{sum}</sum></setOutcomeValue>")
        }
        Processing::Rules(rules) => rules.clone(),
    }
}
