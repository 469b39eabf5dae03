//! Items of every kind, made up, and what is wholly right of them.

use super::*;

/// Responses that are wholly right in QTI.
pub(super) fn right_responses(body: &ItemBody) -> Vec<(String, Vec<String>)> {
    let one = |values: Vec<String>| vec![("RESPONSE".to_owned(), values)];
    let letters = |key: &[u16]| key.iter().map(|place| option_letter(*place)).collect::<Vec<_>>();
    let numbered = |values: Vec<String>| {
        (1..).zip(values).map(|(number, value)| (format!("RESPONSE{number}"), vec![value])).collect()
    };
    match body {
        ItemBody::SingleChoice { key, .. } => one(letters(&[*key])),
        ItemBody::MultipleChoice { key, .. } | ItemBody::Ordering { key, .. } => one(letters(key)),
        ItemBody::TrueFalse { key } => one(letters(&[u16::from(!*key)])),
        ItemBody::FillIn { blanks, .. } if blanks.len() == 1 => one(vec![blanks[0][0].clone()]),
        ItemBody::FillIn { blanks, .. } => numbered(blanks.iter().map(|accepted| accepted[0].clone()).collect()),
        ItemBody::ShortAnswer { .. } | ItemBody::Essay { .. } => one(Vec::new()),
        ItemBody::Numeric { key, .. } => one(vec![key.clone()]),
        ItemBody::Matching { key, .. } | ItemBody::Matrix { key, .. } => {
            one(key.iter().enumerate().map(|(left, right)| format!("L{left} R{right}")).collect())
        }
        ItemBody::InlineChoice { key, .. } => numbered(letters(key)),
        ItemBody::Correction { key, accepted } => {
            let values = letters(&[u16::from(!*key)]).into_iter().chain(accepted.first().cloned());
            numbered(values.collect())
        }
        ItemBody::Calculation { steps } => numbered(steps.iter().map(|step| step.key.clone()).collect()),
        ItemBody::Composite { children } => {
            let of_child = |(number, child): (u16, &Child)| {
                let own = move |(name, values): (String, Vec<String>)| (format!("P{number}_{name}"), values);
                right_responses(&child.body).into_iter().map(own)
            };
            (1..).zip(children).flat_map(of_child).collect()
        }
        ItemBody::HotText { key, .. } => one(key.iter().map(|place| format!("H{place}")).collect()),
    }
}

/// The points of a wholly right response, as an item declares them.
pub(super) fn most(text: &str) -> f64 {
    let after = text.split("ormal").find_map(|part| part.split_once("aximum=\"")).unwrap().1;
    after.split('"').next().unwrap().parse().unwrap()
}

/// Words without anything that a format could mean.
pub(super) fn plain() -> impl Strategy<Value = String> {
    "[甲乙丙水火ab7]{1,6}( [甲乙丙水火ab7]{1,6})?"
}

/// Words with looks, formulas and signs.
pub(super) fn marked() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "甲",
        "a < b",
        "$x^{2}$",
        "**粗**",
        "\\*",
        "H<sub>2</sub>O",
        "a\\_b",
        "\\[1\\]",
        "`x`",
        "100%",
        "a = b: c#d ~ e",
        "{y}",
    ]);
    prop::collection::vec(parts, 1..6).prop_map(|parts| format!("问 {} 完", parts.join(" ")))
}

/// Texts, no two alike.
fn several(text: impl Strategy<Value = String>, count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<String>> {
    let numbered = |texts: Vec<String>| {
        (0..).zip(texts).map(|(n, text): (u8, String)| format!("{text}{n}")).collect::<Vec<String>>()
    };
    prop::collection::vec(text, count).prop_map(numbered)
}

/// Items of every kind.
pub(super) fn items(text: fn() -> BoxedStrategy<String>) -> impl Strategy<Value = Item> {
    let single = (several(text(), 2..6), any::<prop::sample::Index>()).prop_map(|(options, key)| {
        let key = u16::try_from(key.index(options.len())).unwrap();
        ItemBody::SingleChoice { options, key }
    });
    let multiple = (several(text(), 2..6), 1_u16..64, any::<bool>()).prop_map(|(options, set, is_usual)| {
        let places = 0..u16::try_from(options.len()).unwrap();
        let key: Vec<u16> = places.filter(|place| set & (1_u16 << *place) != 0).collect();
        let rule = if is_usual { MultipleRule::AllOrNothing } else { MultipleRule::PartialNoWrong };
        ItemBody::MultipleChoice { options, key: if key.is_empty() { vec![0] } else { key }, rule }
    });
    let fill_in = prop::collection::vec(several(plain(), 1..4), 1..4)
        .prop_map(|blanks| ItemBody::FillIn { blanks, groups: Vec::new() });
    let number = (-900_i32..900, 0_u8..3).prop_map(|(key, by)| ItemBody::Numeric {
        key: key.to_string(),
        tolerance: Tolerance::Absolute { by: by.to_string() },
        units: Vec::new(),
    });
    let pairs = (several(plain(), 2..5), several(plain(), 2..5)).prop_map(|(lefts, rights)| {
        let left = |place: usize| lefts.get(place).cloned().unwrap_or_default();
        let pairs: Vec<_> = rights.iter().enumerate().map(|(place, right)| (left(place), right.clone())).collect();
        of_pairs(&pairs).unwrap()
    });
    let table = (several(plain(), 2..5), several(plain(), 2..5), 0_u16..8).prop_map(|(rows, columns, first)| {
        let count = u16::try_from(columns.len()).unwrap();
        let key = (first..).take(rows.len()).map(|place| place % count).collect();
        ItemBody::Matrix { rows, columns, key }
    });
    let hot = (1_u16..8, any::<bool>()).prop_map(|(set, is_usual)| ItemBody::HotText {
        key: (0..3).filter(|place| set & (1_u16 << *place) != 0).collect(),
        rule: if is_usual { MultipleRule::AllOrNothing } else { MultipleRule::PartialNoWrong },
    });
    let correction =
        several(plain(), 0..3).prop_map(|accepted| ItemBody::Correction { key: accepted.is_empty(), accepted });
    let essay = (several(plain(), 1..3), 1_u16..99, 0_u16..900).prop_map(|(names, percent, least)| {
        let shares = if names.len() == 1 { vec![100] } else { vec![percent, 100 - percent] };
        let dimension = |(name, percent): (String, u16)| Dimension { about: format!("看{name}"), name, percent };
        let length = EssayLength { least: (least > 0).then_some(least), most: None };
        ItemBody::Essay { dimensions: names.into_iter().zip(shares).map(dimension).collect(), length }
    });
    let steps = (several(plain(), 2..3), 1_u16..99, -99_i32..99).prop_map(|(labels, percent, key)| {
        let step = |(label, percent): (String, u16)| CalculationStep {
            label,
            percent,
            key: key.to_string(),
            tolerance: Tolerance::Absolute { by: "1".to_owned() },
            units: Vec::new(),
        };
        ItemBody::Calculation { steps: labels.into_iter().zip([percent, 100 - percent]).map(step).collect() }
    });
    let lines = several(plain(), 3..6).prop_map(|lines| body_of_lines(ItemKind::Ordering, &lines.join("\n")).unwrap());
    let menus = prop::collection::vec(several(plain(), 2..5), 1..4).prop_map(|menus| {
        let lines: Vec<String> = menus.iter().map(|menu| menu.join(" | ")).collect();
        body_of_lines(ItemKind::InlineChoice, &lines.join("\n")).unwrap()
    });
    let blanks = prop::collection::vec(several(plain(), 1..4), 1..4);
    let parts =
        (plain(), any::<[bool; 2]>(), blanks, 1_u16..99).prop_map(|(words, [key, is_choice], blanks, percent)| {
            let gaps = format!("{words}{}", " ____ 水".repeat(blanks.len()));
            let of_blanks = ItemBody::FillIn { blanks, groups: Vec::new() };
            let child = |percent, stem: &str, body| Child { stem: stem.to_owned(), percent, body };
            let options = vec![format!("{words}0"), format!("{words}1")];
            let first = if is_choice {
                ItemBody::SingleChoice { options, key: u16::from(key) }
            } else {
                ItemBody::TrueFalse { key }
            };
            ItemBody::Composite {
                children: vec![child(percent, &words, first), child(100 - percent, &gaps, of_blanks)],
            }
        });
    let body = prop_oneof![
        single,
        multiple,
        any::<bool>().prop_map(|key| ItemBody::TrueFalse { key }),
        fill_in,
        text().prop_map(|rubric| ItemBody::ShortAnswer { rubric }),
        number,
        pairs,
        lines,
        menus,
        table,
        hot,
        correction,
        essay,
        steps,
        parts,
    ];
    (text(), body, prop_oneof![Just(String::new()), text()]).prop_map(|(words, body, explanation)| {
        let places = match &body {
            ItemBody::FillIn { blanks, .. } => blanks.len(),
            ItemBody::InlineChoice { menus, .. } => menus.len(),
            _ => 0,
        };
        let spots = if matches!(body, ItemBody::HotText { .. }) { 3 } else { 0 };
        let stem = format!("{words}{}{}", " ____ 水".repeat(places), " [[火]] 水".repeat(spots));
        Item { schema_version: 1, stem, body, explanation }
    })
}
