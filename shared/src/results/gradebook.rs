//! 成绩册: what came of the learners of a class in its courses.

use super::Grade;
use crate::{
    ids::{AccountId, CourseId},
    learning::{AssignmentGrade, ExerciseTally, QuizTally},
    points::Points,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// One released result of a test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TestScore {
    /// The score.
    pub score: Points,
    /// What the paper was worth.
    pub max_score: Points,
    /// The grade.
    pub grade: Grade,
    /// When it was released.
    pub released_at: Timestamp,
}

/// The grade of a course: that of the best released result. None before there is one.
#[must_use]
pub fn course_grade(results: &[TestScore]) -> Option<Grade> {
    // Grades ascend from the best.
    results.iter().map(|result| result.grade).min()
}

/// What came of a learner in one course of a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CourseGrades {
    /// The course.
    pub course_id: CourseId,
    /// Its title.
    pub course_title: String,
    /// What came of its exercises.
    pub exercises: ExerciseTally,
    /// Its assignments, in order, and what came of each.
    pub assignments: Vec<AssignmentGrade>,
    /// What came of the quizzes that the class was set in it.
    pub quizzes: QuizTally,
    /// Class hours in it that the learner was present for face to face.
    pub class_hours: u32,
    /// Those of lessons online, which count apart.
    pub online_class_hours: u32,
    /// Class hours that it has face to face.
    pub needed_hours: u16,
    /// Released results of its tests, the latest first.
    pub results: Vec<TestScore>,
    /// The grade by them.
    pub grade: Option<Grade>,
}

/// One row of `GET /classes/{id}/gradebook`, in the order in which learners joined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GradebookRow {
    /// The learner.
    pub account_id: AccountId,
    /// Their name.
    pub display_name: String,
    /// The courses of the class, by code: the same ones in each row.
    pub courses: Vec<CourseGrades>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn result(grade: Grade) -> TestScore {
        TestScore { score: Points(0), max_score: Points(100), grade, released_at: Timestamp(0) }
    }

    #[test]
    fn the_best_result_is_the_grade_of_the_course() {
        assert_eq!(course_grade(&[]), None);
        assert_eq!(course_grade(&[result(Grade::C)]), Some(Grade::C));
        assert_eq!(course_grade(&[result(Grade::D), result(Grade::B), result(Grade::C)]), Some(Grade::B));
    }

    proptest! {
        #[test]
        fn another_test_never_makes_it_worse(
            before in prop::collection::vec(prop::sample::select(Grade::ALL), 1..6),
            later in prop::sample::select(Grade::ALL),
        ) {
            let mut results: Vec<_> = before.into_iter().map(result).collect();
            let grade = course_grade(&results);
            results.push(result(later));
            prop_assert!(course_grade(&results) <= grade);
        }
    }
}
