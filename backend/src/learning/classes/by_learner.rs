//! Where learners of a course come from.

use crate::{
    learning::{entity::class, store},
    platform::error::AppResult,
};
use sea_orm::ConnectionTrait;
use shared::{
    ids::{AccountId, ClassId, CourseId, ProviderId},
    learning::ClassForm,
};
use std::collections::{BTreeSet, HashMap};

/// Learners that one statement asks for.
const LEARNERS: usize = 500;

/// The class from which a learner comes.
#[derive(Clone, Debug)]
pub struct LearnerClass {
    /// The class.
    pub id: ClassId,
    /// Whose it is.
    pub provider_id: ProviderId,
    /// Where it lies.
    pub division: String,
    /// The company of a class on its premises (厂班): those who study there work there.
    pub employer: Option<String>,
}

impl From<class::Model> for LearnerClass {
    fn from(row: class::Model) -> Self {
        let is_factory = ClassForm::parse(&row.form) == Some(ClassForm::Factory);
        let employer = Some(row.partner).filter(|partner| is_factory && !partner.is_empty());
        Self { id: row.id, provider_id: row.provider_id, division: row.division, employer }
    }
}

/// The class in which each of these learners studies or studied the course; of several classes the one that they joined
/// last. Who studied it in none is left out.
///
/// # Errors
/// If the store fails.
pub async fn classes_by_learner(
    conn: &impl ConnectionTrait,
    course_id: CourseId,
    accounts: &[AccountId],
) -> AppResult<HashMap<AccountId, LearnerClass>> {
    let mut found = HashMap::new();
    for chunk in accounts.chunks(LEARNERS) {
        let mut members = store::list_memberships_of(conn, chunk).await?;
        let classes: BTreeSet<ClassId> = members.iter().map(|member| member.class_id).collect();
        let classes: Vec<ClassId> = classes.into_iter().collect();
        let courses = store::list_class_courses(conn, &classes).await?;
        let studying = courses.into_iter().filter(|row| row.course_id == course_id);
        let studying: Vec<ClassId> = studying.map(|row| row.class_id).collect();
        let rows = store::list_classes_by_ids(conn, &studying).await?.into_iter();
        let classes: HashMap<ClassId, LearnerClass> = rows.map(|row| (row.id, row.into())).collect();
        members.sort_by_key(|member| (member.joined_at, member.class_id));
        for member in members {
            if let Some(class) = classes.get(&member.class_id) {
                found.insert(member.account_id, class.clone());
            }
        }
    }
    Ok(found)
}
