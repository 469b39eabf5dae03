//! Places within a text, as Moodle writes them: `{1:SHORTANSWER:=right~=right, too}` is written, and
//! `{1:MULTICHOICE:=right~wrong}` is chosen. Numbers among them are no item here.

use super::{from_html, kinds::words, nodes};
use crate::item_bank::{
    ImportError, ItemBody,
    blanks::{BLANK, unify},
    import::import_error,
    markdown::Losses,
    mixed::{index_of, mixed},
    weights::{WHOLE, weight},
    xml::{Element, Node},
};

/// Characters of the longest place.
const PLACE_CHARS: usize = 4_000;
/// Beginnings of places that end nowhere: of so many in one text, no more are looked for.
const MISSES: usize = 50;
/// Kinds of places that are written, and whether case matters there.
const WRITTEN: [(&str, bool); 6] =
    [("SHORTANSWER", false), ("SA", false), ("MW", false), ("SHORTANSWER_C", true), ("SAC", true), ("MWC", true)];
/// Kinds of places that are chosen.
const CHOSEN: [&str; 12] = [
    "MULTICHOICE",
    "MULTICHOICE_V",
    "MULTICHOICE_H",
    "MULTICHOICE_S",
    "MULTICHOICE_VS",
    "MULTICHOICE_HS",
    "MC",
    "MCV",
    "MCH",
    "MCS",
    "MCVS",
    "MCHS",
];

/// One place.
#[derive(Debug)]
struct Place {
    /// What it is worth, as it is written.
    weight: String,
    kind: String,
    answers: Vec<Answer>,
}

/// One of the answers of a place.
#[derive(Debug)]
struct Answer {
    text: String,
    /// In hundred-thousandths of a per cent; `None` if it is no number.
    worth: Option<i64>,
    /// Whether a `*` stands for any text.
    has_wildcard: bool,
    has_feedback: bool,
}

/// A text with its places: its stem, and what is right there.
///
/// # Errors
/// `unsupported_type` if a number is asked for, or some places are written and others chosen.
pub(super) fn read(
    question: &Element,
    losses: &mut Losses,
) -> Result<Result<(ItemBody, String), &'static str>, ImportError> {
    let unsupported = || ImportError { name: "cloze".to_owned(), ..import_error(question.line, "unsupported_type") };
    let Some(text) = question.child("questiontext") else { return Ok(Err("empty_stem")) };
    if matches!(text.attribute("format"), Some("markdown" | "plain_text")) {
        return Err(unsupported());
    }
    let (mut nodes, mut places) = (nodes(text, losses)?, Vec::new());
    take(&mut nodes, &mut places);
    let stem = unify(&from_html(&nodes, losses)?);
    let is_kind = |is: fn(&str) -> bool| places.iter().all(|place: &Place| is(&place.kind));
    let body = match (places.is_empty(), is_kind(is_written), is_kind(is_chosen)) {
        (true, ..) => Err("blank_count"),
        (false, true, _) => written(&places),
        (false, false, true) => chosen(&places, losses),
        (false, false, false) => return Err(unsupported()),
    };
    tell(question.line, &places, losses);
    Ok(body.map(|body| (body, stem)))
}

fn is_written(kind: &str) -> bool {
    WRITTEN.iter().any(|(own, _)| *own == kind)
}

fn is_chosen(kind: &str) -> bool {
    CHOSEN.contains(&kind)
}

/// Says what of the places is not taken.
fn tell(line: u32, places: &[Place], losses: &mut Losses) {
    if places.iter().flat_map(|place| &place.answers).any(|answer| answer.has_feedback) {
        losses.note(line, "left_out", "feedback");
    }
    if places.iter().any(|place| WRITTEN.contains(&(place.kind.as_str(), true))) {
        losses.note(line, "case_matters", "");
    }
    let weight = |place: &Place| if place.weight.is_empty() { "1".to_owned() } else { place.weight.clone() };
    let mut weights: Vec<String> = places.iter().map(weight).collect();
    weights.dedup();
    if weights.len() > 1 {
        losses.note(line, "left_out", &weights.join(":"));
    }
}

/// Blanks, and the words that are right in each.
fn written(places: &[Place]) -> Result<ItemBody, &'static str> {
    let blanks = places.iter().map(|place| {
        let right = right(place)?;
        match right.iter().any(|answer| answer.has_wildcard) {
            true => Err("unsupported_wildcard"),
            false => Ok(right.into_iter().map(|answer| answer.text.clone()).collect()),
        }
    });
    Ok(ItemBody::FillIn { blanks: blanks.collect::<Result<_, _>>()?, groups: Vec::new() })
}

/// Menus, of which one word each is right.
fn chosen(places: &[Place], losses: &mut Losses) -> Result<ItemBody, &'static str> {
    let (mut menus, mut key) = (Vec::new(), Vec::new());
    for place in places {
        let [only] = right(place)?[..] else { return Err("several_keys") };
        let right = words(only.text.clone(), losses);
        let menu = mixed(place.answers.iter().map(|answer| words(answer.text.clone(), losses)).collect());
        key.push(index_of(&menu, &right).ok_or("no_key")?);
        menus.push(menu);
    }
    Ok(ItemBody::InlineChoice { menus, key })
}

/// The right answers of a place, of which there is one at least.
fn right(place: &Place) -> Result<Vec<&Answer>, &'static str> {
    let mut right = Vec::new();
    for answer in &place.answers {
        match answer.worth.ok_or("bad_weight")? {
            WHOLE => right.push(answer),
            worth if worth > 0 => return Err("partial_weight"),
            _ => {}
        }
    }
    if right.is_empty() { Err("no_key") } else { Ok(right) }
}

/// Takes the places out of texts, and leaves a blank for each.
fn take(nodes: &mut [Node], places: &mut Vec<Place>) {
    for node in nodes {
        match node {
            Node::Element(element) => take(&mut element.nodes, places),
            Node::Text(text) => *text = with_blanks(text, places),
        }
    }
}

fn with_blanks(text: &str, places: &mut Vec<Place>) -> String {
    let (mut out, mut rest, mut misses) = (String::with_capacity(text.len()), text, 0);
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let is_place = begins(after) && misses < MISSES;
        if is_place && let Some((place, behind)) = place(after) {
            places.push(place);
            out.push_str(BLANK);
            rest = behind;
        } else {
            misses += usize::from(is_place);
            out.push('{');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// Whether a weight and a kind stand there.
fn begins(text: &str) -> bool {
    let kind = text.trim_start_matches(|letter: char| letter.is_ascii_digit()).strip_prefix(':').unwrap_or_default();
    let answers = kind.trim_start_matches(|letter: char| letter.is_ascii_uppercase() || letter == '_');
    answers.len() < kind.len() && answers.starts_with(':')
}

/// The place that has just begun, and what stands behind it; `None` if it is none.
fn place(text: &str) -> Option<(Place, &str)> {
    let end = find(text, '}')?;
    let (weight, rest) = text[..end].split_once(':')?;
    let (kind, answers) = rest.split_once(':')?;
    let (mut found, mut rest) = (Vec::new(), answers);
    while let Some(at) = find(rest, '~') {
        found.push(answer(&rest[..at]));
        rest = &rest[at + 1..];
    }
    found.push(answer(rest));
    Some((Place { weight: weight.to_owned(), kind: kind.to_owned(), answers: found }, &text[end + 1..]))
}

fn answer(text: &str) -> Answer {
    let end = find(text, '#');
    let text_of_answer = text[..end.unwrap_or(text.len())].trim();
    let (worth, words) = match text_of_answer.strip_prefix('=') {
        Some(words) => (Some(WHOLE), words),
        None => match text_of_answer.strip_prefix('%').and_then(|rest| rest.split_once('%')) {
            Some((percent, words)) => (weight(percent.trim()), words),
            None => (Some(0), text_of_answer),
        },
    };
    let has_feedback = end.is_some_and(|end| !text[end + 1..].trim().is_empty());
    Answer { text: meant(words.trim()), worth, has_wildcard: find(words, '*').is_some(), has_feedback }
}

/// Where a sign stands that no backslash takes its meaning from.
fn find(text: &str, sign: char) -> Option<usize> {
    let mut is_taken = false;
    for (at, letter) in text.char_indices().take(PLACE_CHARS) {
        match letter {
            _ if is_taken => is_taken = false,
            '\\' => is_taken = true,
            letter if letter == sign => return Some(at),
            _ => {}
        }
    }
    None
}

/// A text without the backslashes that take meanings away.
fn meant(text: &str) -> String {
    let (mut out, mut letters) = (String::with_capacity(text.len()), text.chars());
    while let Some(letter) = letters.next() {
        out.extend(if letter == '\\' { letters.next() } else { Some(letter) });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::parse_moodle_xml;
    use crate::item_bank::{Item, ItemBody, ParsedItems};
    use proptest::prelude::*;

    fn parsed(text: &str) -> ParsedItems {
        let text = format!("<questiontext format=\"html\"><text><![CDATA[<p>{text}</p>]]></text></questiontext>");
        parse_moodle_xml(&format!("<quiz>\n<question type=\"cloze\">{text}</question></quiz>"))
    }

    #[track_caller]
    fn item(text: &str) -> Item {
        let parsed = parsed(text);
        assert_eq!((parsed.items.len(), &parsed.errors), (1, &Vec::new()), "{text}");
        parsed.items.into_iter().next().unwrap()
    }

    #[track_caller]
    fn check_error(text: &str, code: &str) {
        let parsed = parsed(text);
        assert_eq!(parsed.errors.iter().map(|error| error.code.as_str()).collect::<Vec<_>>(), [code], "{text}");
    }

    #[test]
    fn what_is_written_becomes_blanks() {
        let item = item("{y} {1:SHORTANSWER:=a\\}b~%100%c~%0%d~e} 和 {:SA:=\\*} 。");
        assert_eq!(item.stem, "{y} ____ 和 ____ 。");
        let blanks = vec![vec!["a}b".to_owned(), "c".to_owned()], vec!["*".to_owned()]];
        assert_eq!(item.body, ItemBody::FillIn { blanks, groups: Vec::new() });
    }

    #[test]
    fn what_is_chosen_becomes_menus() {
        let item = item("选：{1:MULTICHOICE:宁波~=杭州~温州} 是省会，{1:MCS:=a~b} 。");
        assert_eq!(item.stem, "选：____ 是省会，____ 。");
        let ItemBody::InlineChoice { menus, key } = &item.body else { panic!("{item:?}") };
        let right: Vec<&str> = menus.iter().zip(key).map(|(menu, at)| menu[usize::from(*at)].as_str()).collect();
        assert_eq!((right, menus[0].len()), (vec!["杭州", "a"], 3));
    }

    #[test]
    fn what_is_not_taken_is_told() {
        let parsed = parsed("x {2:SHORTANSWER_C:=a#good} y {1:SA:=b}");
        let told: Vec<_> = parsed.losses.iter().map(|loss| (loss.code.as_str(), loss.name.as_str())).collect();
        assert_eq!(told, [("left_out", "feedback"), ("case_matters", ""), ("left_out", "2:1")]);
        check_error("{1:NUMERICAL:=3:0.1}", "unsupported_type");
        check_error("{1:SA:=a} {1:MC:=a~b}", "unsupported_type");
        check_error("{1:SA:a}", "no_key");
        check_error("{1:SA:=a*}", "unsupported_wildcard");
        check_error("{1:SA:=a~%50%b}", "partial_weight");
        check_error("{1:MC:=a~=b}", "several_keys");
        check_error("no place", "blank_count");
    }

    proptest! {
        #[test]
        fn arbitrary_places_never_panic(text in "([{}:~=%#\\\\*1a甲 ]|SA|MC|NM){0,40}") {
            drop(parsed(&text));
        }
    }
}
