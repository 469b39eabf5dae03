//! From a score to a grade, a pass and credits, by a dated rule row.

use super::Grade;
use crate::points::Points;

/// One row of the rule table: what counts in one region at one level from one day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GradeRules {
    /// Per cent from which the grade is A.
    pub cut_a_pct: u8,
    /// Per cent from which the grade is B.
    pub cut_b_pct: u8,
    /// Per cent from which the grade is C.
    pub cut_c_pct: u8,
    /// Per cent from which the test is passed.
    pub pass_pct: u8,
    /// Credits of the grades A, B, C and D.
    pub credits: [u16; 4],
}

impl GradeRules {
    /// 330000, from 2022-01-01: cuts 80/60/45, pass 60, credits 10/5/3/1 (DOMAIN §1.9).
    #[must_use]
    pub const fn zhejiang_2022() -> Self {
        Self { cut_a_pct: 80, cut_b_pct: 60, cut_c_pct: 45, pass_pct: 60, credits: [10, 5, 3, 1] }
    }
}

/// Whether `score` reaches `pct` per cent of `max`, compared exactly: nothing is rounded.
fn reaches(score: Points, max: Points, pct: u8) -> bool {
    max.0 > 0 && i64::from(score.0) * 100 >= i64::from(max.0) * i64::from(pct)
}

/// The grade of a sat paper.
#[must_use]
pub fn grade(score: Points, max: Points, rules: &GradeRules) -> Grade {
    let cuts = [(Grade::A, rules.cut_a_pct), (Grade::B, rules.cut_b_pct), (Grade::C, rules.cut_c_pct)];
    cuts.into_iter().find(|(_, pct)| reaches(score, max, *pct)).map_or(Grade::D, |(grade, _)| grade)
}

/// Whether the score is enough for a certificate.
#[must_use]
pub fn has_passed(score: Points, max: Points, rules: &GradeRules) -> bool {
    reaches(score, max, rules.pass_pct)
}

/// Credits of a course test; a sat paper is never worth nothing.
#[must_use]
pub const fn credit(grade: Grade, rules: &GradeRules) -> u16 {
    let [a, b, c, d] = rules.credits;
    match grade {
        Grade::A => a,
        Grade::B => b,
        Grade::C => c,
        Grade::D => d,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RULES: GradeRules = GradeRules::zhejiang_2022();

    #[test]
    fn the_cuts_are_inclusive_and_exact() {
        let of = |hundredths| grade(Points(hundredths), Points::whole(100), &RULES);
        let grades = [8_000, 7_999, 6_000, 5_999, 4_500, 4_499, 0].map(of);
        assert_eq!(grades, [Grade::A, Grade::B, Grade::B, Grade::C, Grade::C, Grade::D, Grade::D]);
        assert_eq!(grades.map(|grade| credit(grade, &RULES)), [10, 5, 5, 3, 3, 1, 1]);
        assert!(has_passed(Points(6_000), Points::whole(100), &RULES));
        assert!(!has_passed(Points(5_999), Points::whole(100), &RULES));
    }

    #[test]
    fn a_paper_worth_nothing_is_not_passed() {
        assert_eq!(grade(Points(0), Points(0), &RULES), Grade::D);
        assert!(!has_passed(Points(0), Points(0), &RULES));
    }

    proptest! {
        #[test]
        fn a_higher_score_is_never_a_lower_grade(max in 1..20_000i32, low in 0..20_000i32, more in 0..20_000i32) {
            let (low, high) = (Points(low), Points(low + more));
            prop_assert!(grade(high, Points(max), &RULES) <= grade(low, Points(max), &RULES));
            prop_assert!(!has_passed(low, Points(max), &RULES) || has_passed(high, Points(max), &RULES));
        }
    }
}
