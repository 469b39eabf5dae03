//! Classes that went the whole way: a school plans them, the county approves, learners join, and they run.

use super::Stage;
use crate::{
    learning,
    platform::error::{AppError, AppResult},
};
use serde::Deserialize;
use shared::learning::{ClassEntry, ClassForm, ClassState, CourseAtVersion};

/// When they were planned, in days before today; a step a day follows.
const PLANNED: i64 = 12;

#[derive(Deserialize)]
struct Told {
    school: String,
    /// The office that plans, by its account name.
    planned_by: String,
    /// Who approves for the county.
    approved_by: String,
    classes: Vec<Planned>,
}

#[derive(Deserialize)]
struct Planned {
    name: String,
    form: ClassForm,
    course: String,
    tutor: String,
    capacity: u16,
    /// By their account names.
    learners: Vec<String>,
}

impl Stage<'_> {
    /// A school opens classes of other forms.
    pub(super) async fn planned_classes(&self) -> AppResult<()> {
        let told: Told = toml::from_str(include_str!("../../demo/planned.toml")).map_err(AppError::internal)?;
        for planned in &told.classes {
            self.open_class(&told, planned).await?;
        }
        Ok(())
    }

    async fn open_class(&self, told: &Told, planned: &Planned) -> AppResult<()> {
        let (office, county) = (self.cast.actor(&told.planned_by)?, self.cast.actor(&told.approved_by)?);
        let learners = planned.learners.iter().map(|name| Ok(self.cast.actor(name)?.account_id));
        let learners = learners.collect::<AppResult<Vec<_>>>()?;
        self.days_ago(PLANNED);
        let id = learning::plan_class(self.cx, office, &self.entry(told, planned)?).await?;
        self.days_ago(PLANNED - 1);
        learning::step_class(self.cx, county, id, ClassState::Approved).await?;
        self.days_ago(PLANNED - 2);
        learning::step_class(self.cx, office, id, ClassState::Enrolling).await?;
        learning::add_learners(self.cx, office, id, learners).await?;
        self.days_ago(PLANNED - 3);
        learning::step_class(self.cx, office, id, ClassState::Running).await
    }

    fn entry(&self, told: &Told, planned: &Planned) -> AppResult<ClassEntry> {
        Ok(ClassEntry {
            provider_id: self.world.school(&told.school)?,
            name: planned.name.clone(),
            form: planned.form,
            partner: String::new(),
            partner_contact: String::new(),
            partner_phone: String::new(),
            season: None,
            tutor_id: Some(self.cast.actor(&planned.tutor)?.account_id),
            capacity: planned.capacity,
            teaching_point_id: None,
            courses: vec![CourseAtVersion { course_id: self.world.course(&planned.course)?.id, version: None }],
            starts_on: None,
            ends_on: None,
        })
    }
}
