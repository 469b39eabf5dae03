//! Which numbers are dates: a workbook tells it by how a cell is shown.

use super::{super::SheetError, parts::Parts, xml::attribute};
use quick_xml::events::Event;
use std::{
    collections::HashMap,
    io::{Read, Seek},
};

/// Ways to show cells that a workbook may have: spreadsheet programs have fewer.
const MAX_STYLES: usize = 100_000;

/// Of each style of a cell, in order, whether numbers in it are dates or times.
///
/// # Errors
/// If what tells it is broken or too large.
pub(super) fn dates<S: Read + Seek>(parts: &mut Parts<S>, folder: &str) -> Result<Vec<bool>, SheetError> {
    let Some(mut xml) = parts.open(&format!("{folder}styles.xml"))? else { return Ok(Vec::new()) };
    let (mut own, mut styles) = (HashMap::new(), Vec::new());
    // Both elements stand elsewhere too, where they are about something else.
    let (mut in_formats, mut in_styles) = (false, false);
    xml.each_up_to("styleSheet", |event| {
        match event {
            Event::Start(start) => match start.local_name().as_ref() {
                "numFmts" => in_formats = true,
                "cellXfs" => in_styles = true,
                "numFmt" if in_formats => {
                    if let (Some(id), Some(format)) = (attribute(start, "numFmtId")?, attribute(start, "formatCode")?) {
                        own.insert(id.into_owned(), shows_time(&format));
                    }
                }
                "xf" if in_styles => {
                    let id = attribute(start, "numFmtId")?.unwrap_or_default();
                    styles.push(own.get(&*id).copied().unwrap_or_else(|| is_usual_time(&id)));
                }
                _ => {}
            },
            Event::End(end) => match end.local_name().as_ref() {
                "numFmts" => in_formats = false,
                "cellXfs" => in_styles = false,
                _ => {}
            },
            _ => {}
        }
        if own.len() + styles.len() > MAX_STYLES { Err(SheetError::TooLarge) } else { Ok(()) }
    })?;
    Ok(styles)
}

/// Whether a format that every spreadsheet program has shows a date or a time (ECMA-376, 18.8.30).
fn is_usual_time(id: &str) -> bool {
    matches!(id.parse::<u32>(), Ok(14..=22 | 27..=36 | 45..=47 | 50..=58))
}

/// Whether a format shows a date or a time: its first part has a letter of one that is meant as such.
fn shows_time(format: &str) -> bool {
    let (mut is_escaped, mut is_quoted, mut brackets) = (false, false, 0_u32);
    // Half days (`AM/PM`), and times that go on behind 24 hours (`[h]`).
    let (mut has_half_days, mut is_elapsed, mut before) = (false, false, ' ');
    for letter in format.chars() {
        let small = letter.to_ascii_lowercase();
        match small {
            _ if is_escaped => is_escaped = false,
            // The letter that follows stands for itself.
            '_' | '\\' | '*' => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            ';' => return false,
            '[' => brackets += 1,
            ']' if brackets == 1 && is_elapsed => return true,
            ']' => brackets = brackets.saturating_sub(1),
            'a' if !has_half_days && brackets == 0 => has_half_days = true,
            'p' | 'm' | '/' if has_half_days && brackets == 0 => return true,
            'd' | 'm' | 'h' | 'y' | 's' if !has_half_days && brackets == 0 => return true,
            _ if is_elapsed && letter.eq_ignore_ascii_case(&before) => {}
            _ => is_elapsed = before == '[' && matches!(small, 'm' | 'h' | 's'),
        }
        before = letter;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_tells_dates_from_numbers() {
        for format in [
            "yyyy-mm-dd",
            "DD/MM/YY",
            "m\"M\"d\"D\";@",
            "[h]:mm:ss",
            "[ss]",
            "[$-404]e\"\\xfc\"m\"\\xfc\"d\"\\xfc\"",
            "[Blue]\\+[h]:mm;[Red]\\-[h]:mm",
            "ha/p\\\\m",
            "*-yyyy-mm-dd",
        ] {
            assert!(shows_time(format), "{format}");
        }
        for format in [
            "General",
            "@",
            "0_ ;[Red]\\-0\\ ",
            "#,##0\\ [$\\u20bd-46D]",
            "\"Y: \"0.00\"m\";\"Y: \"-0.00\"m\";\"Y: <num>m\";@",
            "\\Y000000",
            "#,##0.0####\" YMD\"",
            "[>=100][Magenta].00",
            "#,##0*y",
        ] {
            assert!(!shows_time(format), "{format}");
        }
        assert_eq!(
            ["14", "31", "46", "0", "49", "164", ""].map(is_usual_time),
            [true, true, true, false, false, false, false]
        );
    }
}
