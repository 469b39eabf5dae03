//! What each kind of item is in QTI: what is declared, where a candidate answers, and what that is worth.

use super::{
    TruthWords,
    inline::{Desk, escaped, spot_name},
    judge::plain_words,
    qti::{Kind, Processing},
    qti_parts::composite,
};
use crate::item_bank::{
    CalculationStep, ExportLossCode, Item, ItemBody, MultipleRule, NumericUnit, Tolerance, option_letter, rubric_of,
};

/// The variable of an item with one interaction.
const RESPONSE: &str = "RESPONSE";
/// Half of the points where something is missing and nothing is wrong.
const HALF_RULES: &str = "<responseCondition><responseIf><match><variable identifier=\"RESPONSE\"/>\
    <correct identifier=\"RESPONSE\"/></match><setOutcomeValue identifier=\"SCORE\"><baseValue baseType=\"float\">1\
    </baseValue></setOutcomeValue></responseIf><responseElseIf><and><not><isNull><variable identifier=\"RESPONSE\"/>\
    </isNull></not><contains><correct identifier=\"RESPONSE\"/><variable identifier=\"RESPONSE\"/></contains></and>\
    <setOutcomeValue identifier=\"SCORE\"><baseValue baseType=\"float\">0.5</baseValue></setOutcomeValue>\
    </responseElseIf><responseElse><setOutcomeValue identifier=\"SCORE\"><baseValue baseType=\"float\">0</baseValue>\
    </setOutcomeValue></responseElse></responseCondition>";

/// A point for the right verdict, and another for what is worth one behind it.
const VERDICT_RULES: &str = "<responseCondition><responseIf><match><variable identifier=\"RESPONSE1\"/>\
    <correct identifier=\"RESPONSE1\"/></match><setOutcomeValue identifier=\"SCORE\"><sum><baseValue baseType=\"float\">1\
    </baseValue><mapResponse identifier=\"RESPONSE2\"/></sum></setOutcomeValue></responseIf></responseCondition>";

/// What an item is in QTI; `None` if it cannot be written.
pub(super) fn kind(item: &Item, desk: &mut Desk<'_>, words: &TruthWords) -> Option<Kind> {
    Some(match &item.body {
        ItemBody::SingleChoice { options, key } => choice(options, &[*key], "single", Processing::MatchCorrect, desk),
        ItemBody::MultipleChoice { options, key, rule } => {
            let processing = of_several(*rule, desk);
            choice(options, key, "multiple", processing, desk)
        }
        ItemBody::TrueFalse { key } => {
            desk.tell(ExportLossCode::StatementAsChoice);
            let options = [words.right.clone(), words.wrong.clone()];
            choice(&options, &[u16::from(!*key)], "single", Processing::MatchCorrect, desk)
        }
        ItemBody::Correction { key, accepted } => correction(*key, accepted, words, desk),
        ItemBody::FillIn { blanks, groups } => {
            if !groups.is_empty() {
                desk.tell(ExportLossCode::AnyOrderLeftOut);
            }
            fill_in(blanks, desk)
        }
        ItemBody::ShortAnswer { rubric } => short_answer(rubric, desk),
        body @ ItemBody::Essay { .. } => {
            desk.tell(ExportLossCode::DimensionsAsRubric);
            short_answer(&rubric_of(body), desk)
        }
        ItemBody::Numeric { key, tolerance, units } => number(key, tolerance, units, desk),
        ItemBody::Calculation { steps } => calculation(steps, desk),
        ItemBody::Composite { children } => composite(children, desk, words)?,
        ItemBody::Matching { lefts, rights, key } => matching(lefts, rights, key, true, desk),
        // A table is a matching in which nothing moves.
        ItemBody::Matrix { rows, columns, key } => matching(rows, columns, key, false, desk),
        ItemBody::Ordering { lines, key } => ordering(lines, key, desk),
        ItemBody::InlineChoice { menus, key } => inline_choice(menus, key, desk),
        ItemBody::HotText { key, rule } => hot_text(&item.stem, key, *rule, desk),
    })
}

/// What several chosen things are worth.
fn of_several(rule: MultipleRule, desk: &mut Desk<'_>) -> Processing {
    match rule {
        MultipleRule::AllOrNothing => Processing::MatchCorrect,
        MultipleRule::PartialNoWrong => {
            desk.tell(ExportLossCode::RuleNotReadBack);
            Processing::Rules(HALF_RULES.to_owned())
        }
    }
}

fn choice(options: &[String], key: &[u16], cardinality: &str, processing: Processing, desk: &mut Desk<'_>) -> Kind {
    let most = if cardinality == "single" { 1 } else { 0 };
    let options = simple_choices(options, desk);
    let interaction = format!(
        "<choiceInteraction responseIdentifier=\"{RESPONSE}\" shuffle=\"false\" maxChoices=\"{most}\">{options}\
         </choiceInteraction>\n"
    );
    let right: Vec<String> = key.iter().map(|place| option_letter(*place)).collect();
    let declarations = declared(RESPONSE, (cardinality, "identifier"), &right, &[]);
    Kind { declarations, interaction, processing, most: 1, has_stem: false }
}

/// A place to write for each blank; each is worth a point.
fn fill_in(blanks: &[Vec<String>], desk: &mut Desk<'_>) -> Kind {
    let (mut declarations, mut names) = (String::new(), Vec::new());
    for (number, accepted) in (1..).zip(blanks) {
        let name = if blanks.len() == 1 { RESPONSE.to_owned() } else { format!("{RESPONSE}{number}") };
        let right: Vec<String> = accepted.iter().map(|text| text.trim().to_owned()).collect();
        let first = right.get(..1).unwrap_or_default();
        declarations.push_str(&declared(&name, ("single", "string"), first, &right));
        desk.places.push_back(format!("<textEntryInteraction responseIdentifier=\"{name}\"/>"));
        names.push(name);
    }
    Kind {
        declarations,
        interaction: String::new(),
        most: names.len(),
        has_stem: false,
        processing: Processing::SumOf(names),
    }
}

/// A choice of two and a place to write, which stands there whatever the key.
fn correction(key: bool, accepted: &[String], words: &TruthWords, desk: &mut Desk<'_>) -> Kind {
    let options = simple_choices(&[words.right.clone(), words.wrong.clone()], desk);
    let interaction = format!(
        "<choiceInteraction responseIdentifier=\"{RESPONSE}1\" shuffle=\"false\" maxChoices=\"1\">{options}\
         </choiceInteraction>\n<p><textEntryInteraction responseIdentifier=\"{RESPONSE}2\"/></p>\n"
    );
    let [judged, corrected] = [1, 2].map(|number| format!("{RESPONSE}{number}"));
    let right = [option_letter(u16::from(!key))];
    let verdict = declared(&judged, ("single", "identifier"), &right, &right);
    let first = accepted.get(..1).unwrap_or_default();
    let correction = declared(&corrected, ("single", "string"), first, accepted);
    let processing = if key { Processing::SumOf(vec![judged]) } else { Processing::Rules(VERDICT_RULES.to_owned()) };
    Kind {
        declarations: verdict + &correction,
        interaction,
        processing,
        most: 1 + accepted.len().min(1),
        has_stem: false,
    }
}

fn short_answer(rubric: &str, desk: &mut Desk<'_>) -> Kind {
    let mut interaction = format!("<extendedTextInteraction responseIdentifier=\"{RESPONSE}\"/>\n");
    if !rubric.trim().is_empty() {
        let rubric = desk.blocks(rubric);
        interaction.push_str(&format!("<rubricBlock view=\"scorer\">{rubric}</rubricBlock>\n"));
    }
    let declarations = declared(RESPONSE, ("single", "string"), &[], &[]);
    Kind { declarations, interaction, processing: Processing::ByHand, most: 1, has_stem: false }
}

fn number(key: &str, tolerance: &Tolerance, units: &[NumericUnit], desk: &mut Desk<'_>) -> Kind {
    if !units.is_empty() {
        desk.tell(ExportLossCode::UnitsLeftOut);
    }
    desk.places.push_back(format!("<textEntryInteraction responseIdentifier=\"{RESPONSE}\"/>"));
    let rules = worth_if_equal(RESPONSE, tolerance, "<baseValue baseType=\"float\">1</baseValue>");
    let declarations = declared(RESPONSE, ("single", "float"), &[key.to_owned()], &[]);
    Kind { declarations, interaction: String::new(), processing: Processing::Rules(rules), most: 1, has_stem: false }
}

/// Sets the points to `worth` if a number is right, or off by no more than its tolerance.
fn worth_if_equal(name: &str, tolerance: &Tolerance, worth: &str) -> String {
    let (mode, by) = match tolerance {
        Tolerance::Absolute { by } => ("absolute", by),
        Tolerance::Relative { percent } => ("relative", percent),
    };
    format!(
        "<responseCondition><responseIf><equal toleranceMode=\"{mode}\" tolerance=\"{by} {by}\">\
         <correct identifier=\"{name}\"/><variable identifier=\"{name}\"/></equal>\
         <setOutcomeValue identifier=\"SCORE\">{worth}</setOutcomeValue></responseIf></responseCondition>"
    )
}

/// A place for a number behind what is computed; each is worth its share, all together a hundred.
fn calculation(steps: &[CalculationStep], desk: &mut Desk<'_>) -> Kind {
    let (mut declarations, mut interaction, mut rules) = (String::new(), String::new(), String::new());
    for (number, CalculationStep { label, percent, key, tolerance, units }) in (1..).zip(steps) {
        if !units.is_empty() {
            desk.tell(ExportLossCode::UnitsLeftOut);
        }
        let (name, label) = (format!("{RESPONSE}{number}"), desk.inline(label.trim()));
        declarations.push_str(&declared(&name, ("single", "float"), std::slice::from_ref(key), &[]));
        interaction.push_str(&format!("<p>{label} <textEntryInteraction responseIdentifier=\"{name}\"/></p>\n"));
        let more = format!("<baseValue baseType=\"float\">{percent}</baseValue>");
        let worth = format!("<sum><variable identifier=\"SCORE\"/>{more}</sum>");
        rules.push_str(&worth_if_equal(&name, tolerance, &worth));
    }
    Kind { declarations, interaction, processing: Processing::Rules(rules), most: 100, has_stem: false }
}

/// Each right pair is worth a point.
fn matching(lefts: &[String], rights: &[String], key: &[u16], is_shuffled: bool, desk: &mut Desk<'_>) -> Kind {
    let mut side = |mark: char, texts: &[String], most: u8| -> String {
        let each = (0_u16..).zip(texts).map(|(place, text)| {
            let text = desk.words(text);
            format!(
                "<simpleAssociableChoice identifier=\"{mark}{place}\" matchMax=\"{most}\">{text}</simpleAssociableChoice>"
            )
        });
        format!("<simpleMatchSet>{}</simpleMatchSet>", each.collect::<String>())
    };
    // What stands on the right may belong to several.
    let (left, right) = (side('L', lefts, 1), side('R', rights, 0));
    let interaction = format!(
        "<matchInteraction responseIdentifier=\"{RESPONSE}\" shuffle=\"{is_shuffled}\" maxAssociations=\"0\">{left}\
         {right}</matchInteraction>\n"
    );
    let pairs: Vec<String> = key.iter().enumerate().map(|(left, right)| format!("L{left} R{right}")).collect();
    let declarations = declared(RESPONSE, ("multiple", "directedPair"), &pairs, &pairs);
    Kind {
        declarations,
        interaction,
        processing: Processing::SumOf(vec![RESPONSE.to_owned()]),
        most: key.len(),
        has_stem: false,
    }
}

/// There only the whole order is worth anything.
fn ordering(lines: &[String], key: &[u16], desk: &mut Desk<'_>) -> Kind {
    desk.tell(ExportLossCode::ScoredOtherwise);
    let options = simple_choices(lines, desk);
    let interaction =
        format!("<orderInteraction responseIdentifier=\"{RESPONSE}\" shuffle=\"true\">{options}</orderInteraction>\n");
    let right: Vec<String> = key.iter().map(|place| option_letter(*place)).collect();
    let declarations = declared(RESPONSE, ("ordered", "identifier"), &right, &[]);
    Kind { declarations, interaction, processing: Processing::MatchCorrect, most: 1, has_stem: false }
}

/// A menu at each blank; each is worth a point.
fn inline_choice(menus: &[Vec<String>], key: &[u16], desk: &mut Desk<'_>) -> Kind {
    let (mut declarations, mut names) = (String::new(), Vec::new());
    for (number, (menu, right)) in (1..).zip(menus.iter().zip(key)) {
        let name = format!("{RESPONSE}{number}");
        let right = [option_letter(*right)];
        declarations.push_str(&declared(&name, ("single", "identifier"), &right, &right));
        let words = (0_u16..).zip(menu).map(|(place, words)| {
            let (place, words) = (option_letter(place), escaped(&plain_words(words, desk)));
            format!("<inlineChoice identifier=\"{place}\">{words}</inlineChoice>")
        });
        let words: String = words.collect();
        desk.places.push_back(format!(
            "<inlineChoiceInteraction responseIdentifier=\"{name}\" shuffle=\"true\">{words}</inlineChoiceInteraction>"
        ));
        names.push(name);
    }
    Kind {
        declarations,
        interaction: String::new(),
        most: names.len(),
        has_stem: false,
        processing: Processing::SumOf(names),
    }
}

/// The stem itself is where is chosen.
fn hot_text(stem: &str, key: &[u16], rule: MultipleRule, desk: &mut Desk<'_>) -> Kind {
    let processing = of_several(rule, desk);
    desk.next_spot = Some(0);
    let stem = desk.blocks(stem);
    desk.next_spot = None;
    let interaction =
        format!("<hottextInteraction responseIdentifier=\"{RESPONSE}\" maxChoices=\"0\">{stem}</hottextInteraction>\n");
    let right: Vec<String> = key.iter().map(|place| spot_name(*place)).collect();
    let declarations = declared(RESPONSE, ("multiple", "identifier"), &right, &[]);
    Kind { declarations, interaction, processing, most: 1, has_stem: true }
}

fn simple_choices(texts: &[String], desk: &mut Desk<'_>) -> String {
    let mut out = String::new();
    for (place, text) in (0..).zip(texts) {
        let text = desk.words(text);
        out.push_str(&format!("<simpleChoice identifier=\"{}\">{text}</simpleChoice>", option_letter(place)));
    }
    out
}

/// What is declared of a response: what is right, and what else is worth a point.
fn declared(name: &str, (cardinality, base): (&str, &str), right: &[String], mapped: &[String]) -> String {
    let values: String = right.iter().map(|value| format!("<value>{}</value>", escaped(value))).collect();
    let correct = if values.is_empty() { values } else { format!("<correctResponse>{values}</correctResponse>") };
    let case = if base == "string" { " caseSensitive=\"false\"" } else { "" };
    let entries: String =
        mapped.iter().map(|key| format!("<mapEntry mapKey=\"{}\" mappedValue=\"1\"{case}/>", escaped(key))).collect();
    let mapping = if entries.is_empty() { entries } else { format!("<mapping defaultValue=\"0\">{entries}</mapping>") };
    format!(
        "<responseDeclaration identifier=\"{name}\" cardinality=\"{cardinality}\" baseType=\"{base}\">{correct}{mapping}\
         </responseDeclaration>\n"
    )
}
