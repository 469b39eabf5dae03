//! Finds the options in the text of a choice.

use crate::item_bank::{blanks::formula_mask, normalise::half_width};

/// The letter of an option with its punctuation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) letter: char,
    /// Where the mark begins.
    pub(super) start: usize,
    /// Where the option's text begins.
    pub(super) end: usize,
    pub(super) at_line_start: bool,
    /// What follows the letter, half-width: `.`, `,` or `)`.
    separator: char,
}

/// The options of a text.
pub(super) struct Options {
    /// Where the stem ends.
    pub(super) stem_end: usize,
    /// The texts of the options.
    pub(super) texts: Vec<String>,
}

/// Why the marks make no list.
pub(super) struct WrongMark {
    pub(super) at: usize,
    pub(super) code: &'static str,
}

/// Splits a text into stem and options; `None` when it has no options.
pub(super) fn find(body: &str) -> Result<Option<Options>, WrongMark> {
    let marks = marks(body);
    let Some(run) = best_run(&marks) else {
        let mut stray = marks.iter().filter(|mark| mark.at_line_start);
        return match (stray.next(), stray.next()) {
            (Some(first), Some(_)) => Err(WrongMark { at: first.start, code: "option_gap" }),
            _ => Ok(None),
        };
    };
    check_others(&marks, &run)?;
    let ends = run.iter().skip(1).map(|mark| mark.start).chain([body.len()]);
    let texts = run.iter().zip(ends).map(|(mark, end)| body[mark.end..end].trim().to_owned()).collect();
    Ok(Some(Options { stem_end: run[0].start, texts }))
}

/// A mark at the beginning of a line that is not in the list repeats a letter or leaves one out.
fn check_others(marks: &[Mark], run: &[Mark]) -> Result<(), WrongMark> {
    let (first, last) = (run[0], run[run.len() - 1]);
    if !first.at_line_start {
        return Ok(());
    }
    for mark in marks.iter().filter(|mark| mark.at_line_start && mark.separator == first.separator) {
        let listed = run.iter().any(|own| own.start == mark.start);
        if !listed && (mark.start > first.start || mark.letter == 'A') {
            let code = if mark.letter <= last.letter { "duplicate_option" } else { "option_gap" };
            return Err(WrongMark { at: mark.start.max(first.start), code });
        }
    }
    Ok(())
}

/// The list `A, B, C, …` that is longest, then has most letters at the beginning of lines, then stands last.
fn best_run(marks: &[Mark]) -> Option<Vec<Mark>> {
    let runs = marks.iter().enumerate().filter(|(_, mark)| mark.letter == 'A').map(|(from, &first)| {
        let mut run = vec![first];
        let mut expected = 'B';
        for &mark in &marks[from + 1..] {
            if mark.letter == expected {
                run.push(mark);
                expected = char::from_u32(u32::from(expected) + 1).unwrap_or(expected);
            }
        }
        run
    });
    runs.filter(|run| run.len() > 1 || run[0].at_line_start)
        .max_by_key(|run| (run.len(), run.iter().filter(|mark| mark.at_line_start).count(), run[0].start))
}

/// Everything that may be the mark of an option, formulas left out.
pub(super) fn marks(body: &str) -> Vec<Mark> {
    let mask = formula_mask(body);
    let chars: Vec<(usize, char)> = body.char_indices().map(|(at, c)| (at, half_width(c))).collect();
    (0..chars.len()).filter(|&index| !mask[chars[index].0]).filter_map(|index| mark_at(body, &chars, index)).collect()
}

fn mark_at(body: &str, chars: &[(usize, char)], index: usize) -> Option<Mark> {
    let bracket = chars[index].1 == '(';
    if !bracket && !chars[index].1.is_ascii_uppercase() {
        return None;
    }
    let (letter_at, letter) = next_visible(chars, index + usize::from(bracket))?;
    let (separator_at, separator) = next_visible(chars, letter_at + 1)?;
    if !letter.is_ascii_uppercase() || letter > 'J' {
        return None;
    }
    let (start, before) = (chars[index].0, index.checked_sub(1).map(|i| chars[i].1));
    let line = &body[..start];
    let at_line_start = line[line.rfind('\n').map_or(0, |at| at + 1)..].trim().is_empty();
    let after_space = before.is_none_or(char::is_whitespace);
    let allowed = match (bracket, separator) {
        (true, ')') => after_space,
        (false, ')') => at_line_start,
        (false, ',') => {
            after_space && chars[separator_at].0 + 1 < body.len() && !body[chars[separator_at].0..].starts_with(',')
        }
        (false, '.') => after_space || before.is_some_and(|c| !c.is_ascii_alphanumeric() && c != '.' && c != '('),
        _ => false,
    };
    let end = chars.get(separator_at + 1).map_or(body.len(), |&(at, _)| at);
    allowed.then_some(Mark { letter, start, end, at_line_start, separator })
}

/// The next character that is no blank within the line.
fn next_visible(chars: &[(usize, char)], from: usize) -> Option<(usize, char)> {
    let at = (from..chars.len()).find(|&i| chars[i].1 == '\n' || !chars[i].1.is_whitespace())?;
    Some((at, chars[at].1))
}
