//! 准考证号 (DOMAIN §4.2): year 2, county 4, site 2, room 3, seat 2, check 1.

use crate::check_digit::{check_digit, is_checked};

/// What a ticket number is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TicketParts {
    /// Last two digits of the year.
    pub year: u8,
    /// Last four digits of the county's code.
    pub county: u16,
    /// Site, two digits.
    pub site: u8,
    /// Room, three digits.
    pub room: u16,
    /// Seat, two digits.
    pub seat: u8,
}

/// The 14 digits; `None` if a part has too many digits.
#[must_use]
pub fn ticket_number(parts: &TicketParts) -> Option<String> {
    let TicketParts { year, county, site, room, seat } = *parts;
    if year > 99 || county > 9_999 || site > 99 || room > 999 || seat > 99 {
        return None;
    }
    let digits = format!("{year:02}{county:04}{site:02}{room:03}{seat:02}");
    check_digit(&digits).map(|check| format!("{digits}{check}"))
}

/// Seats of a room.
const SEATS: u32 = 30;
/// Rooms of a site.
const ROOMS: u32 = 999;

/// The `nth` ticket number of a county in a year, from 0: seats fill a room, rooms a site. `division`
/// is the code of the county, or of the city or province that runs the test. `None` when they run out. Numbers are given
/// before seats are planned: where a candidate sits, only the plan of seats says.
#[must_use]
pub fn nth_ticket_number(year: u8, division: &str, nth: u32) -> Option<String> {
    let county = format!("{division:0<6}").get(2..6)?.parse().ok()?;
    let (room, seat) = (nth / SEATS, nth % SEATS);
    ticket_number(&TicketParts {
        year,
        county,
        site: u8::try_from(room / ROOMS + 1).ok()?,
        room: u16::try_from(room % ROOMS + 1).ok()?,
        seat: u8::try_from(seat + 1).ok()?,
    })
}

/// Whether a text can be a ticket number: 14 digits of which the last checks the others.
#[must_use]
pub fn is_ticket_number(text: &str) -> bool {
    text.len() == 14 && text.bytes().all(|b| b.is_ascii_digit()) && is_checked(text)
}

/// The ticket number in what the code on a ticket says, wherever it stands in it.
#[must_use]
pub fn ticket_in(text: &str) -> Option<String> {
    let numbers = text.split(|c: char| !c.is_ascii_digit());
    numbers.into_iter().find(|number| is_ticket_number(number)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_number_checks_itself() {
        let parts = TicketParts { year: 26, county: 106, site: 1, room: 12, seat: 30 };
        let number = ticket_number(&parts).unwrap();
        assert!(number.starts_with("2601060101230") && is_ticket_number(&number));
        assert!(!is_ticket_number(&number.replacen('6', "7", 1)));
        assert_eq!(ticket_number(&TicketParts { room: 1_000, ..parts }), None);
    }

    #[test]
    fn a_ticket_number_is_found_in_whatever_the_code_says() {
        let number = nth_ticket_number(26, "330106", 0).unwrap();
        for text in [number.clone(), format!("https://example.org/t/{number}?s=1"), format!("CX1.{number}.9f3a")] {
            assert_eq!(ticket_in(&text).as_deref(), Some(number.as_str()), "{text}");
        }
        assert_eq!(ticket_in("12345678901234"), None, "the last digit does not check the others");
    }

    #[test]
    fn seats_fill_rooms_and_rooms_fill_sites() {
        let nth = |nth| nth_ticket_number(26, "330106", nth).map(|number| number[2..13].to_owned());
        assert_eq!(nth(0).as_deref(), Some("01060100101"));
        assert_eq!(nth(30).as_deref(), Some("01060100201"));
        assert_eq!(nth(30 * 999 + 31).as_deref(), Some("01060200202"));
        assert_eq!(nth(30 * 999 * 99), None);
        assert!(nth_ticket_number(26, "33", 0).unwrap().starts_with("2600000100101"));
    }
}
