//! Several questions on one material as one item of QTI: each has variables of its own, and its share of the points.

use super::{
    TruthWords,
    inline::Desk,
    qti::{Kind, Processing, rules, stem_of},
    qti_kinds::kind,
};
use crate::item_bank::Child;

/// What is worth everything, as shares are in per cent.
const WHOLE: usize = 100;

/// The questions below each other; `None` if one cannot be written.
pub(super) fn composite(children: &[Child], desk: &mut Desk<'_>, words: &TruthWords) -> Option<Kind> {
    let (mut responses, mut outcomes, mut interactions) = (String::new(), String::new(), String::new());
    let (mut judged, mut shares) = (String::new(), String::new());
    for (number, child) in (1..).zip(children) {
        let Kind { declarations, interaction, processing, most, has_stem } = kind(&child.as_item(), desk, words)?;
        let stem = stem_of(&child.stem, has_stem, desk);
        responses.push_str(&own(number, &declarations));
        interactions.push_str(&own(number, &format!("<p>({number})</p>{stem}\n{interaction}")));
        judged.push_str(&own(number, &rules(&processing)));
        outcomes.push_str(&own(
            number,
            "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"/>\n",
        ));
        let percent = child.percent;
        shares.push_str(&own(
            number,
            &format!(
                "<divide><product><baseValue baseType=\"float\">{percent}</baseValue>\
                 <variable identifier=\"SCORE\"/></product><baseValue baseType=\"float\">{most}</baseValue></divide>"
            ),
        ));
    }
    let sum = format!("<setOutcomeValue identifier=\"SCORE\"><sum>{shares}</sum></setOutcomeValue>");
    Some(Kind {
        declarations: responses + &outcomes,
        interaction: interactions,
        processing: Processing::Rules(judged + &sum),
        most: WHOLE,
        has_stem: false,
    })
}

/// What is written of a question, with the names of its own variables. No text has such a quotation mark in it.
fn own(number: u16, written: &str) -> String {
    let written = written.replace("dentifier=\"RESPONSE", &format!("dentifier=\"P{number}_RESPONSE"));
    written.replace("dentifier=\"SCORE\"", &format!("dentifier=\"P{number}_SCORE\""))
}
