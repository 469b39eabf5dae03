//! Where learners stand in a course whose test they want to sit: a few statements, however many they are.

use super::{
    classes,
    entity::{class, class_member},
    offers::{self, Offers},
    standing::Facts,
    store,
};
use crate::platform::{
    Services,
    error::{AppError, AppResult},
};
use shared::{
    ids::{AccountId, ClassId, CourseId},
    learning::{ClassState, CourseContent, CourseStanding, Gate},
};
use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

/// Where each of these learners stands in a course. Who has completed it in a class of theirs has done so for good,
/// whatever became of the class since; who has not stands where they are in the class in which they study it now. Who
/// studies it in none is left out.
///
/// # Errors
/// If the store fails.
pub async fn standings(
    cx: &Services,
    accounts: &[AccountId],
    course_id: CourseId,
) -> AppResult<HashMap<AccountId, CourseStanding>> {
    let mut members = store::list_memberships_of(cx.db.read(), accounts).await?;
    // First the classes that they are in, the first joined first, then those that they left, the last left first.
    members.sort_by_key(|member| (member.left_at.map(Reverse), member.joined_at, member.class_id));
    let teaching = teaching(cx, &members, course_id).await?;
    let mut facts = Facts::of_each(cx, accounts, &[course_id]).await?;
    let mut studies: HashMap<AccountId, Vec<class_member::Model>> = HashMap::new();
    for member in members {
        studies.entry(member.account_id).or_default().push(member);
    }
    let of_learner = |(account_id, members): (AccountId, Vec<class_member::Model>)| {
        let facts = facts.remove(&account_id).unwrap_or_default();
        let study = |member: &class_member::Model| teaching.get(&member.class_id)?.study(member, &facts);
        Some((account_id, counting(members.iter().filter_map(study).collect())?))
    };
    Ok(studies.into_iter().filter_map(of_learner).collect())
}

/// A class that studies the course.
struct Teaching {
    course_id: CourseId,
    division: String,
    is_over: bool,
    /// The versions that its learners study.
    offers: Offers,
    /// What these hold.
    contents: Vec<Arc<CourseContent>>,
}

/// What a learner studies of the course in one class.
struct Study {
    is_left: bool,
    is_over: bool,
    standing: CourseStanding,
}

impl Teaching {
    async fn of(cx: &Services, class: class::Model, course_id: CourseId, offers: Offers) -> AppResult<Self> {
        let contents = offers.contents(cx).await?;
        let is_over = classes::state(&class).is_ok_and(ClassState::is_over);
        Ok(Self { course_id, division: class.division, is_over, offers, contents })
    }

    fn study(&self, member: &class_member::Model, facts: &Facts) -> Option<Study> {
        let content = self.offers.content_at_hand(&self.contents, self.course_id, facts)?;
        let standing = facts.standing(self.course_id, content, &self.division);
        Some(Study { is_left: member.left_at.is_some(), is_over: self.is_over, standing })
    }
}

/// Those of these learners' classes that study the course.
async fn teaching(
    cx: &Services,
    members: &[class_member::Model],
    course_id: CourseId,
) -> AppResult<HashMap<ClassId, Teaching>> {
    let conn = cx.db.read();
    let ids: BTreeSet<ClassId> = members.iter().map(|member| member.class_id).collect();
    let ids: Vec<ClassId> = ids.into_iter().collect();
    let courses = store::list_class_courses(conn, &ids).await?;
    let begun_with = courses.into_iter().filter(|row| row.course_id == course_id);
    let begun_with: HashMap<_, _> = begun_with.map(|row| (row.class_id, row.course_version_id)).collect();
    let published = offers::published(cx, &[course_id]).await?;
    let mut teaching = HashMap::new();
    for class in store::list_classes_by_ids(conn, &begun_with.keys().copied().collect::<Vec<_>>()).await? {
        let begun_with =
            begun_with.get(&class.id).ok_or_else(|| AppError::internal("a class that nobody asked for"))?;
        let offers = Offers::since(&published, course_id, *begun_with);
        teaching.insert(class.id, Teaching::of(cx, class, course_id, offers).await?);
    }
    Ok(teaching)
}

/// The standing that counts of what a learner studied class by class.
fn counting(studies: Vec<Study>) -> Option<CourseStanding> {
    let is_completed = |study: &Study| study.standing.gate == Gate::Open;
    if let Some(at) = studies.iter().position(is_completed) {
        return studies.into_iter().nth(at).map(|study| study.standing);
    }
    let now = studies.into_iter().filter(|study| !study.is_left);
    now.min_by_key(|study| study.is_over).map(|study| study.standing)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A study of so many completed task points of three.
    fn study(completed: u16, is_left: bool, is_over: bool) -> Study {
        let missing = 3 - completed;
        let gate = if missing == 0 { Gate::Open } else { Gate::TaskPointsMissing { missing } };
        Study { is_left, is_over, standing: CourseStanding { task_points: 3, completed, studied_minutes: 0, gate } }
    }

    fn completed(studies: Vec<Study>) -> Option<u16> {
        counting(studies).map(|standing| standing.completed)
    }

    #[test]
    fn who_completed_the_course_anywhere_has_completed_it() {
        assert_eq!(completed(vec![study(1, false, false), study(3, true, true)]), Some(3));
        assert_eq!(completed(vec![study(3, false, false)]), Some(3));
    }

    #[test]
    fn who_has_not_stands_where_they_study_it_now() {
        assert_eq!(completed(vec![study(2, false, true), study(1, false, false)]), Some(1), "a class that runs");
        assert_eq!(completed(vec![study(1, false, false), study(2, false, false)]), Some(1), "the first joined");
        assert_eq!(completed(vec![study(2, true, false)]), None, "who left studies it no more");
        assert_eq!(completed(Vec::new()), None);
    }
}
