//! Nobody of the demo province or of a journey can be taken for somebody real: their numbers lie in ranges that no
//! person has. Reads the content of the demo and the journeys as text.

use std::{fs, path::Path};

/// What every document number begins with: a code that no place has ever had.
const NOBODYS_CODE: &str = "330199";
/// What every mobile phone begins with: numbers that are given to nobody, a thousand in a row.
const NOBODYS_PHONES: &str = "19900000";
/// What every other telephone begins with after the code of its town: no exchange begins with 0.
const NO_EXCHANGE: &str = "00000";
/// How the journeys call what builds a whole number out of its end.
const BUILDS_NUMBER: &str = "numbered('";

/// The digits that stand together, a final `X` with them; digits in groups with a space between stand together, too.
fn runs(text: &str) -> Vec<String> {
    let mut runs = vec![String::new()];
    let letters: Vec<char> = text.chars().collect();
    for (at, letter) in letters.iter().enumerate() {
        let is_digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
        let run = runs.last_mut().unwrap();
        match letter {
            '0'..='9' => run.push(*letter),
            'X' if run.len() == 17 => run.push('X'),
            ' ' if !run.is_empty() && is_digit(at + 1) => {}
            _ if !run.is_empty() => runs.push(String::new()),
            _ => {}
        }
    }
    runs
}

/// Numbers that somebody real may have.
fn doubtful(text: &str) -> Vec<String> {
    let text = text.replace(BUILDS_NUMBER, NOBODYS_CODE);
    let is_document = |run: &str| matches!(run.len(), 15 | 17 | 18) && !run.starts_with(NOBODYS_CODE);
    let is_mobile = |run: &str| {
        run.len() == 11 && run.starts_with('1') && run.as_bytes()[1] >= b'3' && !run.starts_with(NOBODYS_PHONES)
    };
    let numbers = runs(&text).into_iter().filter(|run| is_document(run) || is_mobile(run));
    let in_town = text.split(|letter: char| !letter.is_ascii_digit() && letter != '-').filter(|number| {
        let Some((town, own)) = number.split_once('-') else { return false };
        let is_phone = town.starts_with('0') && matches!(town.len(), 3 | 4) && matches!(own.len(), 7 | 8);
        is_phone && !own.starts_with(NO_EXCHANGE)
    });
    numbers.chain(in_town.map(str::to_owned)).collect()
}

#[test]
fn a_number_that_somebody_may_have_is_seen() {
    let of_nobody =
        "number = \"33019919910719076X\", 19900000131, 199 0000 0066, 0572-0000011, numbered('19880417608')";
    assert_eq!(doubtful(of_nobody), Vec::<String>::new());
    for real in ["330106198503140023", "33010619850314002X", "330106850314002", "13800138000", "138 0013 8000"] {
        assert_eq!(doubtful(&format!("\"{real}\"")), [real.replace(' ', "")], "{real}");
    }
    assert_eq!(doubtful("phone = \"0571-87052000\""), ["0571-87052000"]);
    assert_eq!(doubtful("17 分，2026 年，330502100，1919-1840"), Vec::<String>::new());
}

/// Every text below a folder, with its path.
fn texts(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("node_modules") && !path.ends_with("test-results") {
            texts(&path, found);
        } else if path.extension().is_some_and(|ending| ["toml", "md", "txt", "ts"].iter().any(|text| ending == *text))
        {
            found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn nobody_of_the_demo_or_a_journey_has_the_number_of_somebody_real() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["demo", "../e2e"] {
        texts(&root.join(folder), &mut found);
    }
    assert!(found.iter().any(|(path, _)| path.ends_with("townsfolk.toml")));
    for (path, text) in found {
        assert_eq!(doubtful(&text), Vec::<String>::new(), "{path} has a number that somebody may have");
    }
}
