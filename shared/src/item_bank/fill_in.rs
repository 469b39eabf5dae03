//! Blanks: which texts are right, some of them in any order, and how their author writes them.

use super::{ItemBody, normalise::normalise_answer};
use std::collections::BTreeMap;

/// Stands before the blanks of the first group whose texts may stand in any order, twice before those of the second.
const GROUP: char = '*';

/// Takes its meaning from [`GROUP`].
const ESCAPE: char = '\\';

/// For each blank whether its text is right.
///
/// Within a group a text may be what any of its blanks accepts; each blank serves one text, so that the same thing said
/// twice counts once, and as many texts are right as can be.
pub(super) fn right_blanks(blanks: &[Vec<String>], groups: &[Vec<u16>], texts: &[String]) -> Vec<bool> {
    let is_accepted = |blank: usize, place: usize| match (blanks.get(blank), texts.get(place)) {
        (Some(accepted), Some(text)) => accepts(accepted, text),
        _ => false,
    };
    let mut right: Vec<bool> = (0..blanks.len()).map(|place| is_accepted(place, place)).collect();
    for group in groups {
        let places: Vec<usize> = group.iter().map(|&place| usize::from(place)).collect();
        let mut served = vec![None; places.len()];
        for (at, &place) in places.iter().enumerate() {
            let found = serve(at, &places, &is_accepted, &mut vec![false; places.len()], &mut served);
            if let Some(is_right) = right.get_mut(place) {
                *is_right = found;
            }
        }
    }
    right
}

/// Finds a blank for the text at a place of a group, if need be by finding another for a text that has one.
fn serve(
    at: usize,
    places: &[usize],
    is_accepted: &impl Fn(usize, usize) -> bool,
    tried: &mut [bool],
    served: &mut [Option<usize>],
) -> bool {
    for (blank, &own) in places.iter().enumerate() {
        if tried[blank] || !is_accepted(own, places[at]) {
            continue;
        }
        tried[blank] = true;
        let is_free = match served[blank] {
            None => true,
            Some(other) => serve(other, places, is_accepted, tried, served),
        };
        if is_free {
            served[blank] = Some(at);
            return true;
        }
    }
    false
}

fn accepts(accepted: &[String], text: &str) -> bool {
    let given = normalise_answer(text);
    !given.is_empty() && accepted.iter().any(|right| normalise_answer(right) == given)
}

/// The blanks, a line each: everything that is accepted, behind the marks of its group.
pub(super) fn lines(blanks: &[Vec<String>], groups: &[Vec<u16>]) -> Vec<String> {
    let line = |(place, accepted): (u16, &Vec<String>)| {
        let accepted = accepted.join(" | ");
        match groups.iter().position(|group| group.contains(&place)) {
            Some(group) => format!("{} {accepted}", String::from(GROUP).repeat(group + 1)),
            None if accepted.starts_with(GROUP) => format!("{ESCAPE}{accepted}"),
            None => accepted,
        }
    };
    (0..).zip(blanks).map(line).collect()
}

/// Reads such lines.
pub(super) fn of_lines(text: &str) -> ItemBody {
    let (mut blanks, mut groups) = (Vec::new(), BTreeMap::<usize, Vec<u16>>::new());
    for (place, line) in (0..).zip(text.trim().lines()) {
        let line = line.trim_start();
        let accepted = line.trim_start_matches(GROUP);
        if accepted.len() < line.len() {
            groups.entry(line.len() - accepted.len()).or_default().push(place);
        }
        let accepted = match accepted.strip_prefix(ESCAPE) {
            Some(escaped) if escaped.starts_with(GROUP) => escaped,
            _ => accepted,
        };
        blanks.push(accepted.split('|').map(|text| text.trim().to_owned()).collect());
    }
    ItemBody::FillIn { blanks, groups: groups.into_values().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &str, given: &[&str], expected: &[bool]) {
        let ItemBody::FillIn { blanks, groups } = of_lines(lines) else { panic!("it has blanks") };
        let texts: Vec<String> = given.iter().map(|&text| text.to_owned()).collect();
        assert_eq!(right_blanks(&blanks, &groups, &texts), expected, "{given:?}");
    }

    #[test]
    fn texts_of_a_group_may_stand_in_any_order_but_count_once() {
        let three = "* a | b\n* b | c\nz\n* c";
        check(three, &["a", "b", "z", "c"], &[true, true, true, true]);
        check(three, &["c", "b", "z", "a"], &[true, true, true, true]);
        check(three, &["a", "a", "z", "a"], &[true, false, true, false]);
        check(three, &["z", "a", "c", "b"], &[false, true, false, true]);
        check(three, &["c"], &[true, false, false, false]);
    }

    #[test]
    fn a_text_makes_room_for_another() {
        // What the first blank takes too is left to who has nothing else.
        check("* a | b\n* a", &["a", "b"], &[true, true]);
        check("* a\n* b\n** c\n** d", &["b", "a", "d", "c"], &[true, true, true, true]);
        check("* a\n* b\n** c\n** d", &["c", "a", "b", "d"], &[false, true, false, true]);
    }

    #[test]
    fn blanks_are_read_as_they_are_written() {
        for written in ["a | b\nc", "* a\nb\n* c", "* a\n* b\n** c\n** d", "\\*p\nq"] {
            let ItemBody::FillIn { blanks, groups } = of_lines(written) else { panic!("it has blanks") };
            assert_eq!(lines(&blanks, &groups).join("\n"), written);
        }
        let ItemBody::FillIn { blanks, groups } = of_lines("\\*p\nq") else { panic!("it has blanks") };
        assert_eq!((blanks[0][0].as_str(), groups.len()), ("*p", 0));
    }
}
