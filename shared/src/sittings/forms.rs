//! The forms of a test: papers that are worth the same, of which neighbours sit different ones.

use crate::{ids::PaperId, problem::FieldError};

/// Forms of a test at most.
pub const MAX_FORMS: usize = 4;

/// What is wrong with the forms of a test beside its `first`, as far as that is seen without the papers.
#[must_use]
pub fn check_forms(first: PaperId, others: &[PaperId]) -> Vec<FieldError> {
    if others.len() >= MAX_FORMS {
        return vec![FieldError::new("/other_paper_ids", "too-long")];
    }
    let is_twice = |nth: usize, id: &PaperId| *id == first || others.iter().take(nth).any(|other| other == id);
    let twice = others.iter().enumerate().filter(|(nth, id)| is_twice(*nth, id));
    twice.map(|(nth, _)| FieldError::new(format!("/other_paper_ids/{nth}"), "duplicate")).collect()
}

/// Which of so many forms the candidate sits whose ticket has this serial number, until a plan of seats says so: in turn,
/// so that each is sat by as many.
#[must_use]
pub const fn form_in_turn(serial: u32, forms: usize) -> usize {
    if forms == 0 { 0 } else { serial as usize % forms }
}

/// What a form is called, counted from 0: A, B and so on.
#[must_use]
pub const fn form_letter(form: u8) -> char {
    (b'A' + form % 26) as char
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn paper(n: u128) -> PaperId {
        PaperId(Uuid::from_u128(n))
    }

    #[test]
    fn no_form_stands_twice_and_they_are_few() {
        let wrong = |others: &[u128]| -> Vec<(String, String)> {
            let others: Vec<_> = others.iter().map(|n| paper(*n)).collect();
            check_forms(paper(1), &others).into_iter().map(|error| (error.pointer, error.code)).collect()
        };
        assert_eq!(wrong(&[]), []);
        assert_eq!(wrong(&[2, 3, 4]), []);
        let twice = |nth: usize| (format!("/other_paper_ids/{nth}"), "duplicate".to_owned());
        assert_eq!(wrong(&[2, 1]), [twice(1)]);
        assert_eq!(wrong(&[2, 2]), [twice(1)]);
        assert_eq!(wrong(&[2, 3, 4, 5]), [("/other_paper_ids".to_owned(), "too-long".to_owned())]);
    }

    #[test]
    fn the_forms_are_called_by_letters() {
        let letters: Vec<_> = (0..4).map(form_letter).collect();
        assert_eq!(letters, ['A', 'B', 'C', 'D']);
    }

    #[test]
    fn each_form_is_sat_by_as_many() {
        let forms: Vec<_> = (7..13).map(|serial| form_in_turn(serial, 3)).collect();
        assert_eq!(forms, [1, 2, 0, 1, 2, 0]);
        assert_eq!(form_in_turn(9, 1), 0);
    }
}
