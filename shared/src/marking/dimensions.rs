//! Points by dimensions: what an essay is worth is the sum of what each of its dimensions is.

use super::NewMark;
use crate::{points::Points, problem::FieldError};

/// Everything that is wrong with the points of a response that is worth `max` at most, and by its dimensions `each`,
/// each with a JSON pointer. What is marked as a whole has no dimensions.
#[must_use]
pub fn check_points(new: &NewMark, max: Points, each: &[Points]) -> Vec<FieldError> {
    let within = |points: Points, max: Points| points >= Points::ZERO && points <= max;
    let mut errors = Vec::new();
    if !within(new.points, max) {
        errors.push(FieldError::new("/points", "out-of-range"));
    }
    if new.dimensions.len() != each.len() {
        errors.push(FieldError::new("/dimensions", "dimensions-missing"));
        return errors;
    }
    for (at, (given, most)) in new.dimensions.iter().zip(each).enumerate() {
        if !within(*given, *most) {
            errors.push(FieldError::new(format!("/dimensions/{at}"), "out-of-range"));
        }
    }
    let is_summed = new.dimensions.iter().map(|given| i64::from(given.0)).sum::<i64>() == i64::from(new.points.0);
    if !each.is_empty() && !is_summed {
        errors.push(FieldError::new("/points", "other-sum"));
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::has_texts;

    #[track_caller]
    fn check(points: i32, dimensions: &[i32], each: &[i32], expected: &[(&str, &str)]) {
        let listed = |points: &[i32]| points.iter().copied().map(Points).collect::<Vec<_>>();
        let new = NewMark { points: Points(points), dimensions: listed(dimensions) };
        let found = check_points(&new, Points(1_000), &listed(each));
        let expected: Vec<_> = expected.iter().map(|(pointer, code)| FieldError::new(*pointer, *code)).collect();
        assert_eq!(found, expected);
        assert!(found.iter().all(|error| has_texts(&format!("field.{}", error.code))));
    }

    #[test]
    fn what_is_marked_as_a_whole_has_points_alone() {
        check(1_000, &[], &[], &[]);
        check(1_001, &[], &[], &[("/points", "out-of-range")]);
        check(-1, &[], &[], &[("/points", "out-of-range")]);
        check(500, &[500], &[], &[("/dimensions", "dimensions-missing")]);
    }

    #[test]
    fn the_points_are_those_of_all_dimensions() {
        check(750, &[350, 400], &[400, 600], &[]);
        check(0, &[0, 0], &[400, 600], &[]);
        check(750, &[], &[400, 600], &[("/dimensions", "dimensions-missing")]);
        check(750, &[450, 300], &[400, 600], &[("/dimensions/0", "out-of-range")]);
        check(750, &[350, 300], &[400, 600], &[("/points", "other-sum")]);
        check(
            i32::MAX,
            &[i32::MAX, i32::MAX],
            &[400, 600],
            &[
                ("/points", "out-of-range"),
                ("/dimensions/0", "out-of-range"),
                ("/dimensions/1", "out-of-range"),
                ("/points", "other-sum"),
            ],
        );
    }
}
