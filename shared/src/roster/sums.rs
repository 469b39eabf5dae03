//! 排摸进度: how far the survey of a place is, part by part (DOMAIN §7, the tables T2 and T3).

use super::{RosterCount, RosterState};
use crate::organisation::Division;
use serde::{Deserialize, Serialize};

/// Persons on rosters by how far they have come; each stands in one figure beside that of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveySums {
    /// All of them.
    pub persons: u64,
    /// Nobody has asked them, and no list says what they want.
    pub unasked: u64,
    /// They were not reached.
    pub unreachable: u64,
    /// They want to learn, or were told how to enrol.
    pub willing: u64,
    /// They were met, and have not decided.
    pub undecided: u64,
    /// They do not want to.
    pub unwilling: u64,
    /// They have applied.
    pub enrolled: u64,
    /// They study.
    pub studying: u64,
    /// They have met every condition of the diploma, or hold it.
    pub completed: u64,
    /// There is nothing to ask them: not eligible, moved out, deceased, or closed by the office.
    pub left_out: u64,
}

impl SurveySums {
    /// Counts so many persons more who stand there.
    pub const fn count(&mut self, state: RosterState, persons: u64) {
        self.persons += persons;
        let figure = match state {
            RosterState::Imported | RosterState::Assigned => &mut self.unasked,
            RosterState::Unreachable => &mut self.unreachable,
            RosterState::IntentYes | RosterState::Guided => &mut self.willing,
            RosterState::Visited | RosterState::Undecided => &mut self.undecided,
            RosterState::IntentNo => &mut self.unwilling,
            RosterState::Enrolled => &mut self.enrolled,
            RosterState::Studying => &mut self.studying,
            RosterState::Completed | RosterState::Verified => &mut self.completed,
            RosterState::NotEligible | RosterState::MovedOut | RosterState::Deceased | RosterState::Closed => {
                &mut self.left_out
            }
        };
        *figure += persons;
    }

    /// Those of both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            persons: self.persons + other.persons,
            unasked: self.unasked + other.unasked,
            unreachable: self.unreachable + other.unreachable,
            willing: self.willing + other.willing,
            undecided: self.undecided + other.undecided,
            unwilling: self.unwilling + other.unwilling,
            enrolled: self.enrolled + other.enrolled,
            studying: self.studying + other.studying,
            completed: self.completed + other.completed,
            left_out: self.left_out + other.left_out,
        }
    }

    /// Every figure, that of all first, in the order in which tables show them.
    #[must_use]
    pub const fn figures(&self) -> [u64; 10] {
        [
            self.persons,
            self.unasked,
            self.unreachable,
            self.willing,
            self.undecided,
            self.unwilling,
            self.enrolled,
            self.studying,
            self.completed,
            self.left_out,
        ]
    }

    /// How many of a hundred who are to be asked have said something, rounded down: a hundred are all of them. Nothing
    /// where nobody is to be asked.
    #[must_use]
    pub const fn surveyed_pct(&self) -> Option<u64> {
        let to_ask = self.persons - self.left_out;
        let silent = self.unasked + self.unreachable;
        (100 * (to_ask - silent)).checked_div(to_ask)
    }
}

/// How far one division is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyPart {
    /// The division.
    pub division: Division,
    /// Its persons; nothing where nobody is listed.
    pub sums: Option<SurveySums>,
}

/// How far the parts of a division are: `GET /roster/sums`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyProgress {
    /// What the division lies in, the largest first, and itself.
    pub way: Vec<Division>,
    /// Its parts that the reader answers for. Persons who are listed at the division itself, in none of its parts, come
    /// last, as its own; so does a division without parts.
    pub parts: Vec<SurveyPart>,
}

/// How far each part of a division is, as [`SurveyProgress`] shows them.
#[must_use]
pub fn survey_parts(whole: &Division, parts: &[Division], counts: &[RosterCount]) -> Vec<SurveyPart> {
    let row = |division: &Division| SurveyPart { division: division.clone(), sums: None };
    let mut rows: Vec<_> = parts.iter().chain([whole]).map(row).collect();
    for count in counts {
        // The first that the place lies in; every place lies in the whole, which is the last.
        if let Some(row) = rows.iter_mut().find(|row| count.division.starts_with(&row.division.code)) {
            row.sums.get_or_insert_with(SurveySums::default).count(count.state, count.persons);
        }
    }
    rows.retain(|row| row.sums.is_some() || row.division.code != whole.code || parts.is_empty());
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisation::DivisionCode;

    fn division(code: &str) -> Division {
        Division::new(DivisionCode::parse(code).unwrap(), code)
    }

    fn count(division: &str, state: RosterState, persons: u64) -> RosterCount {
        RosterCount { division: division.to_owned(), state, persons }
    }

    #[test]
    fn each_state_stands_in_one_figure() {
        for state in RosterState::ALL {
            let mut sums = SurveySums::default();
            sums.count(*state, 3);
            let [all, parts @ ..] = sums.figures();
            assert_eq!((all, parts.iter().sum::<u64>()), (3, 3), "{state}");
            assert_eq!(parts.iter().filter(|figure| **figure > 0).count(), 1, "{state}");
        }
    }

    #[test]
    fn the_share_is_rounded_down_over_those_who_are_to_be_asked() {
        let mut sums = SurveySums::default();
        assert_eq!(sums.surveyed_pct(), None);
        sums.count(RosterState::Deceased, 5);
        assert_eq!(sums.surveyed_pct(), None, "nobody is to be asked");
        sums.count(RosterState::IntentNo, 199);
        sums.count(RosterState::Unreachable, 1);
        assert_eq!(sums.surveyed_pct(), Some(99), "199 of 200");
        assert_eq!(sums.and(sums).surveyed_pct(), Some(99));
    }

    #[test]
    fn what_lies_in_no_part_is_the_divisions_own_and_nobody_is_lost() {
        let (whole, parts) = (division("330502"), [division("330502104"), division("330502105")]);
        let counts = [
            count("330502104", RosterState::Imported, 2),
            count("330502104", RosterState::Studying, 1),
            count("330502", RosterState::Imported, 4),
            // A township that is no more.
            count("330502199", RosterState::Closed, 1),
        ];
        let rows = survey_parts(&whole, &parts, &counts);
        let persons: Vec<_> =
            rows.iter().map(|row| (row.division.code.as_str(), row.sums.map(|sums| sums.persons))).collect();
        assert_eq!(persons, [("330502104", Some(3)), ("330502105", None), ("330502", Some(5))]);
        assert_eq!(survey_parts(&whole, &parts, &counts[..2]).len(), 2, "the division has nobody of its own");
        let innermost = survey_parts(&parts[1], &[], &[]);
        assert_eq!(innermost, [SurveyPart { division: parts[1].clone(), sums: None }]);
    }
}
