//! Parts that share the points of an item out among them, in per cent.

use super::{
    CHILD_COUNT, DIMENSION_CHARS, DIMENSION_COUNT, MAX_OPTION_CHARS, MOST_LONG, MOST_WRITTEN, STEP_COUNT, at_most,
    check_lines, check_number, required, validate_item,
};
use crate::{
    item_bank::{CalculationStep, Child, Dimension, EssayLength, may_be_child},
    problem::FieldError,
};

/// The dimensions of an essay are all of its points together.
pub(super) fn check_essay(errors: &mut Vec<FieldError>, dimensions: &[Dimension], length: EssayLength) {
    if !DIMENSION_COUNT.contains(&dimensions.len()) {
        return errors.push(FieldError::new("/body/dimensions", "dimension-count"));
    }
    for (index, dimension) in dimensions.iter().enumerate() {
        let pointer = format!("/body/dimensions/{index}");
        required(errors, &format!("{pointer}/name"), &dimension.name, DIMENSION_CHARS);
        at_most(errors, &format!("{pointer}/about"), &dimension.about, MAX_OPTION_CHARS);
        if [&dimension.name, &dimension.about].iter().any(|text| text.contains(['\n', '\r'])) {
            errors.push(FieldError::new(pointer.clone(), "line-break"));
        }
        if dimensions[..index].iter().any(|earlier| earlier.name.trim() == dimension.name.trim()) {
            errors.push(FieldError::new(format!("{pointer}/name"), "duplicate"));
        }
    }
    if !are_whole(dimensions.iter().map(|dimension| dimension.percent)) {
        errors.push(FieldError::new("/body/dimensions", "dimension-sum"));
    }
    let (least, most) = (length.least.unwrap_or(1), length.most.unwrap_or(MOST_LONG));
    if least == 0 || least > most || most > MOST_LONG {
        errors.push(FieldError::new("/body/length", "bad-length"));
    }
}

/// The steps of a calculation are all of its points together, and each has a number.
pub(super) fn check_steps(errors: &mut Vec<FieldError>, steps: &[CalculationStep]) {
    if !STEP_COUNT.contains(&steps.len()) {
        return errors.push(FieldError::new("/body/steps", "step-count"));
    }
    let labels: Vec<String> = steps.iter().map(|step| step.label.clone()).collect();
    check_lines(errors, "/body/steps", &labels);
    for (index, CalculationStep { key, tolerance, units, .. }) in steps.iter().enumerate() {
        check_number(errors, &format!("/body/steps/{index}"), key, tolerance, units);
    }
    if !are_whole(steps.iter().map(|step| step.percent)) {
        errors.push(FieldError::new("/body/steps", "step-sum"));
    }
}

/// The questions on a material are all of its points together, and each is an item without questions of its own.
pub(super) fn check_children(errors: &mut Vec<FieldError>, children: &[Child]) {
    if !CHILD_COUNT.contains(&children.len()) {
        return errors.push(FieldError::new("/body/children", "child-count"));
    }
    for (index, child) in children.iter().enumerate() {
        let pointer = format!("/body/children/{index}");
        if !may_be_child(child.body.kind()) {
            errors.push(FieldError::new(format!("{pointer}/body/kind"), "child-kind"));
            continue;
        }
        let wrong = validate_item(&child.as_item()).into_iter();
        errors.extend(wrong.map(|wrong| FieldError::new(format!("{pointer}{}", wrong.pointer), wrong.code)));
    }
    if !are_whole(children.iter().map(|child| child.percent)) {
        errors.push(FieldError::new("/body/children", "child-sum"));
    }
    if children.iter().filter(|child| child.body.is_marked_by_person()).count() > MOST_WRITTEN {
        errors.push(FieldError::new("/body/children", "child-written"));
    }
}

/// Whether parts are a hundred per cent together, and none is nothing.
fn are_whole(mut percents: impl Iterator<Item = u16> + Clone) -> bool {
    let sum: u32 = percents.clone().map(u32::from).sum();
    sum == 100 && percents.all(|percent| percent > 0)
}
