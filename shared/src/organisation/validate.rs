//! Whether an entry can be stored, as far as it says so by itself.

use super::{
    DivisionCode, DivisionLevel, ExamRoomEntry, ExamSiteEntry, PointStaff, ProviderEntry, ServicePointEntry,
    TeachingPointEntry, accept_credit_code,
};
use crate::problem::FieldError;
use std::{collections::BTreeSet, ops::RangeInclusive};

/// Characters of a name of a place.
pub const MAX_PLACE_NAME_CHARS: usize = 100;
/// Characters of an address.
pub const MAX_ADDRESS_CHARS: usize = 200;
/// Characters of opening hours.
pub const MAX_OPENING_HOURS_CHARS: usize = 200;
/// Characters of a person's name.
pub const MAX_PERSON_NAME_CHARS: usize = 50;
/// Characters of a reason.
pub const MAX_REASON_CHARS: usize = 200;
/// Characters of the telephone of an office.
pub const PHONE_CHARS: RangeInclusive<usize> = 5..=30;
/// Persons who serve at a service point (DOMAIN §2.3).
pub const POINT_STAFF: RangeInclusive<usize> = 2..=20;
/// Candidates who can sit at a site at once.
pub const SITE_CAPACITY: RangeInclusive<u32> = 1..=20_000;
/// Numbers of rooms: three digits, as DOMAIN §4.2 has them in ticket numbers. Ours are given before seats are, and name no
/// room.
pub const EXAM_ROOM_NUMBERS: RangeInclusive<u16> = 1..=999;
/// Seats of a room at most: two digits, as DOMAIN §4.2 has them in ticket numbers.
pub const MAX_ROOM_SEATS: u8 = 99;

/// Everything that is wrong with a provider, each with a JSON pointer.
#[must_use]
pub fn validate_provider(entry: &ProviderEntry) -> Vec<FieldError> {
    let mut errors = Vec::new();
    text(&mut errors, "/name", &entry.name, MAX_PLACE_NAME_CHARS);
    division(&mut errors, entry.division);
    let reason = entry.credit_code_reason.as_deref().unwrap_or_default();
    if let Some(code) = &entry.credit_code
        && let Err(refusal) = accept_credit_code(code, reason)
    {
        errors.push(FieldError::new("/credit_code", refusal.field_code()));
    }
    if reason.chars().count() > MAX_REASON_CHARS {
        errors.push(FieldError::new("/credit_code_reason", "too-long"));
    }
    errors
}

/// Everything that is wrong with a teaching point of a provider that lies in `home`.
#[must_use]
pub fn validate_teaching_point(entry: &TeachingPointEntry, home: DivisionCode) -> Vec<FieldError> {
    let mut errors = Vec::new();
    text(&mut errors, "/name", &entry.name, MAX_PLACE_NAME_CHARS);
    division_within(&mut errors, entry.division, home);
    text(&mut errors, "/address", &entry.address, MAX_ADDRESS_CHARS);
    phone(&mut errors, "/phone", &entry.phone);
    errors
}

/// Everything that is wrong with a service point of a provider that lies in `home`.
#[must_use]
pub fn validate_service_point(entry: &ServicePointEntry, home: DivisionCode) -> Vec<FieldError> {
    let mut errors = Vec::new();
    text(&mut errors, "/name", &entry.name, MAX_PLACE_NAME_CHARS);
    division_within(&mut errors, entry.division, home);
    text(&mut errors, "/address", &entry.address, MAX_ADDRESS_CHARS);
    phone(&mut errors, "/phone", &entry.phone);
    text(&mut errors, "/opening_hours", &entry.opening_hours, MAX_OPENING_HOURS_CHARS);
    staff(&mut errors, &entry.staff);
    errors
}

/// Everything that is wrong with an exam site.
#[must_use]
pub fn validate_exam_site(entry: &ExamSiteEntry) -> Vec<FieldError> {
    let mut errors = Vec::new();
    text(&mut errors, "/name", &entry.name, MAX_PLACE_NAME_CHARS);
    division(&mut errors, entry.division);
    text(&mut errors, "/address", &entry.address, MAX_ADDRESS_CHARS);
    if !SITE_CAPACITY.contains(&entry.capacity) {
        errors.push(FieldError::new("/capacity", "out-of-range"));
    }
    text(&mut errors, "/contact_name", &entry.contact_name, MAX_PERSON_NAME_CHARS);
    phone(&mut errors, "/contact_phone", &entry.contact_phone);
    errors
}

/// Everything that is wrong with a room of an exam site.
#[must_use]
pub fn validate_exam_room(entry: &ExamRoomEntry) -> Vec<FieldError> {
    let mut errors = Vec::new();
    text(&mut errors, "/name", &entry.name, MAX_PLACE_NAME_CHARS);
    let mut within = |is_within: bool, pointer: &str| {
        if !is_within {
            errors.push(FieldError::new(pointer, "out-of-range"));
        }
    };
    let seats = entry.rows.checked_mul(entry.columns).filter(|seats| *seats <= MAX_ROOM_SEATS);
    within(EXAM_ROOM_NUMBERS.contains(&entry.number), "/number");
    let side = 1..=MAX_ROOM_SEATS;
    let has_rows = side.contains(&entry.rows);
    within(has_rows, "/rows");
    within(side.contains(&entry.columns) && (seats.is_some() || !has_rows), "/columns");
    let seats = 1..=seats.unwrap_or(MAX_ROOM_SEATS).max(1);
    within(seats.contains(&entry.capacity), "/capacity");
    within(entry.devices.is_none_or(|devices| devices <= MAX_ROOM_SEATS), "/devices");
    within(entry.accessible_seats.iter().all(|seat| seats.contains(seat)), "/accessible_seats");
    let different: BTreeSet<_> = entry.accessible_seats.iter().collect();
    if different.len() < entry.accessible_seats.len() {
        errors.push(FieldError::new("/accessible_seats", "duplicate"));
    }
    errors
}

/// What is wrong with moving something from one division to another: it stays in its county, whose
/// code its papers and its own code carry.
#[must_use]
pub fn validate_move(from: DivisionCode, to: DivisionCode) -> Option<FieldError> {
    (from.county() != to.county()).then(|| FieldError::new("/division", "other-county"))
}

fn text(errors: &mut Vec<FieldError>, pointer: &str, text: &str, max: usize) {
    if text.trim().is_empty() {
        errors.push(FieldError::new(pointer, "required"));
    } else if text.trim().chars().count() > max {
        errors.push(FieldError::new(pointer, "too-long"));
    }
}

fn division(errors: &mut Vec<FieldError>, code: DivisionCode) {
    if !matches!(code.level(), DivisionLevel::County | DivisionLevel::Township) {
        errors.push(FieldError::new("/division", "division-level"));
    }
}

fn division_within(errors: &mut Vec<FieldError>, code: DivisionCode, home: DivisionCode) {
    match code.county() {
        Some(_) => errors.extend(validate_move(home, code)),
        None => division(errors, code),
    }
}

/// Whether a text can be the number of an office.
#[must_use]
pub fn is_office_phone(text: &str) -> bool {
    let text = text.trim();
    let is_sign = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')');
    PHONE_CHARS.contains(&text.chars().count())
        && text.chars().all(is_sign)
        && text.chars().filter(char::is_ascii_digit).count() >= *PHONE_CHARS.start()
}

/// The number of an office: digits with the signs that stand between them, a mobile one included.
fn phone(errors: &mut Vec<FieldError>, pointer: &str, text: &str) {
    if text.trim().is_empty() {
        errors.push(FieldError::new(pointer, "required"));
    } else if !is_office_phone(text) {
        errors.push(FieldError::new(pointer, "office-phone"));
    }
}

fn staff(errors: &mut Vec<FieldError>, staff: &[PointStaff]) {
    if !POINT_STAFF.contains(&staff.len()) {
        // Too many are not looked at one by one: a body may hold tens of thousands.
        errors.push(FieldError::new("/staff", "staff-count"));
        return;
    }
    if staff.iter().filter(|person| person.is_in_charge).count() != 1 {
        errors.push(FieldError::new("/staff", "one-in-charge"));
    }
    for (at, person) in staff.iter().enumerate() {
        text(errors, &format!("/staff/{at}/name"), &person.name, MAX_PERSON_NAME_CHARS);
        if staff[..at].iter().any(|earlier| earlier.name.trim() == person.name.trim()) {
            errors.push(FieldError::new(format!("/staff/{at}/name"), "duplicate"));
        }
    }
}

#[cfg(test)]
mod tests;
