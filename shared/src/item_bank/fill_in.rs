//! Blanks: which texts are right, some of them in any order, and how their author writes them.

use super::{ItemBody, normalise::normalise_answer};
use std::collections::{BTreeMap, BTreeSet};

/// Stands before the blanks of the first group whose texts may stand in any order, twice before those of the second.
const GROUP: char = '*';

/// Takes its meaning from [`GROUP`].
const ESCAPE: char = '\\';

/// For each blank whether its text is right.
///
/// Within a group a text may be what any of its blanks accepts; each blank serves one text, and as many texts are right
/// as can be. The same thing said twice counts once, but where blanks accept nothing else.
pub(super) fn right_blanks(blanks: &[Vec<String>], groups: &[Vec<u16>], texts: &[String]) -> Vec<bool> {
    let forms: Vec<BTreeSet<String>> = blanks.iter().map(|accepted| forms_of(accepted)).collect();
    let given: Vec<String> = texts.iter().map(|text| normalise_answer(text)).collect();
    let is_own = |(accepted, text): (&BTreeSet<String>, &String)| accepts(accepted, text);
    let mut right: Vec<bool> = forms.iter().zip(&given).map(is_own).collect();
    right.resize(blanks.len(), false);
    for group in groups {
        let places: Vec<usize> = group.iter().map(|&place| usize::from(place)).collect();
        let accepted = accepted_of(&places, &forms, &given);
        let mut served = vec![None; places.len()];
        for (at, &place) in places.iter().enumerate() {
            let found = serve(at, &accepted, &mut vec![false; places.len()], &mut served);
            if let Some(is_right) = right.get_mut(place) {
                *is_right = found;
            }
        }
    }
    right
}

/// For each text of a group, which of its blanks accept it.
fn accepted_of(places: &[usize], forms: &[BTreeSet<String>], given: &[String]) -> Vec<Vec<bool>> {
    let forms: Vec<BTreeSet<String>> =
        places.iter().map(|&place| forms.get(place).cloned().unwrap_or_default()).collect();
    let given: Vec<&str> = places.iter().map(|&place| given.get(place).map_or("", String::as_str)).collect();
    let of_text = given.iter().enumerate().map(|(at, &text)| {
        let is_all = |accepted: &BTreeSet<String>| accepted.len() == 1 && accepts(accepted, text);
        let is_repeated = given.iter().filter(|&&other| other == text).count() > 1;
        let is_first = !given[..at].contains(&text);
        let is_anywhere = !is_repeated || (is_first && !forms.iter().any(is_all));
        let of_blank = |accepted: &BTreeSet<String>| accepts(accepted, text) && (is_anywhere || is_all(accepted));
        forms.iter().map(of_blank).collect::<Vec<bool>>()
    });
    of_text.collect()
}

/// Finds a blank for the text at a place of a group, if need be by finding another for a text that has one.
fn serve(at: usize, accepted: &[Vec<bool>], tried: &mut [bool], served: &mut [Option<usize>]) -> bool {
    for (blank, &is_accepted) in accepted[at].iter().enumerate() {
        if tried[blank] || !is_accepted {
            continue;
        }
        tried[blank] = true;
        let is_free = match served[blank] {
            None => true,
            Some(other) => serve(other, accepted, tried, served),
        };
        if is_free {
            served[blank] = Some(at);
            return true;
        }
    }
    false
}

/// What a blank accepts, in the form in which answers are compared.
fn forms_of(accepted: &[String]) -> BTreeSet<String> {
    accepted.iter().map(|text| normalise_answer(text)).collect()
}

fn accepts(forms: &BTreeSet<String>, text: &str) -> bool {
    !text.is_empty() && forms.contains(text)
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
    fn what_is_said_again_counts_only_where_nothing_else_is_accepted() {
        check("* a | b\n* a | b", &["a", "a"], &[true, false]);
        check("* a | b\n* a | b\n* a | b", &["a", "Ａ", "b"], &[true, false, true]);
        check("* a\n* a | b", &["a", "a"], &[true, false]);
        check("* a\n* a | Ａ\n* b", &["b", "a", "a"], &[true, true, true]);
        // Blanks of no group judge each text by itself.
        check("a | b\na | b", &["a", "a"], &[true, true]);
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
