//! Who of the townsfolk has enrolled, and how far their records have come.

use super::{Stage, people, townsfolk::Townsman};
use crate::{
    access::Actor,
    enrolment,
    identity::Hashing,
    learning,
    platform::{
        error::{AppError, AppResult},
        http::IdempotencyKey,
    },
};
use serde::Deserialize;
use shared::{
    enrolment::{ActivateAccount, Applicant, AttachmentKind, NewEnrolment, RecordStep, TakeStep},
    ids::StudentRecordId,
    learning::CourseLevel,
    person::EducationLevel,
};
use std::collections::HashMap;

/// When somebody enrols, and when they first look into their account, in days before today.
#[derive(Clone, Copy)]
struct Days {
    enrolled: i64,
    logged_in: i64,
}

/// Most of them.
const LATELY: Days = Days { enrolled: 15, logged_in: 5 };
/// Those whose accounts are offered.
const LONG_AGO: Days = Days { enrolled: 98, logged_in: 92 };
/// When those come to their class.
const JOINED: i64 = 90;

/// What stands for the photos of papers.
const PAPERS: [(AttachmentKind, &[u8]); 2] = [
    (AttachmentKind::IdCard, include_bytes!("../../demo/papers/id_card.png")),
    (AttachmentKind::Diploma, include_bytes!("../../demo/papers/diploma.png")),
];

#[derive(Deserialize)]
struct Enrolments {
    school: String,
    /// The office that enters them, by its account name.
    enrolled_by: String,
    /// The class of those whose accounts are offered.
    class: String,
    enrolments: Vec<Enrolled>,
    /// Those whose accounts are offered.
    learners: Vec<Enrolled>,
}

fn told() -> AppResult<Enrolments> {
    toml::from_str(include_str!("../../demo/enrolments.toml")).map_err(AppError::internal)
}

#[derive(Deserialize)]
struct Enrolled {
    name: String,
    level: CourseLevel,
    education_level: EducationLevel,
    #[serde(default)]
    is_literate: bool,
    /// By which name the learner logs in, if they have done so.
    login_name: Option<String>,
    steps: Vec<Taken>,
}

/// A step, and who takes it.
#[derive(Deserialize)]
struct Taken {
    by: String,
    step: RecordStep,
    #[serde(default)]
    reason: String,
}

impl Stage<'_> {
    /// A school enrols some of the townsfolk, and their records go their way, a step a day.
    pub(super) async fn enrolments(&self, townsfolk: &HashMap<String, Townsman>) -> AppResult<()> {
        let plan = told()?;
        for enrolled in &plan.enrolments {
            self.take_way(&plan, enrolled, townsfolk, LATELY).await?;
        }
        Ok(())
    }

    /// Those whose accounts are offered enrolled long ago, opened their accounts, and came to their class.
    pub(super) async fn learners(&mut self) -> AppResult<()> {
        let (plan, townsfolk) = (told()?, self.first_townsfolk().await?);
        let mut accounts = Vec::new();
        for enrolled in &plan.learners {
            let learner = self.take_way(&plan, enrolled, &townsfolk, LONG_AGO).await?;
            let (name, learner) = enrolled
                .login_name
                .as_ref()
                .zip(learner)
                .ok_or_else(|| AppError::internal(format!("{} has opened no account", enrolled.name)))?;
            accounts.push(learner.account_id);
            self.cast.enter(name, learner);
        }
        self.days_ago(JOINED);
        let (office, class) = (self.cast.actor(&plan.enrolled_by)?, self.world.class(&plan.class)?);
        learning::add_learners(self.cx, office, class, accounts).await
    }

    /// Somebody enrols, and their record goes its way. The learner, if they have opened their account.
    async fn take_way(
        &self,
        plan: &Enrolments,
        enrolled: &Enrolled,
        townsfolk: &HashMap<String, Townsman>,
        at: Days,
    ) -> AppResult<Option<Actor>> {
        self.days_ago(at.enrolled);
        let id = self.enrol(plan, enrolled, townsfolk).await?;
        self.add_papers(plan, enrolled, id).await?;
        for (taken, days) in enrolled.steps.iter().zip(1..) {
            self.days_ago(at.enrolled - days);
            let wanted = TakeStep { step: taken.step, reason: taken.reason.clone() };
            let seen = i32::try_from(days).map_err(AppError::internal)?;
            let by = self.cast.actor(&taken.by)?;
            enrolment::take_step(self.cx, by, id, seen, &IdempotencyKey(None), &wanted).await?;
        }
        let Some(name) = &enrolled.login_name else { return Ok(None) };
        self.days_ago(at.logged_in);
        let phone = townsman(townsfolk, &enrolled.name)?.phone.clone();
        self.log_in_first(plan, id, name, phone).await.map(Some)
    }

    async fn enrol(
        &self,
        plan: &Enrolments,
        enrolled: &Enrolled,
        townsfolk: &HashMap<String, Townsman>,
    ) -> AppResult<StudentRecordId> {
        let person_id = townsman(townsfolk, &enrolled.name)?.id;
        let new = NewEnrolment {
            provider_id: self.world.school(&plan.school)?,
            level: enrolled.level,
            applicant: Applicant::Known { person_id },
            education_level: Some(enrolled.education_level),
            is_literate: enrolled.is_literate,
            is_in_full_time_school: false,
        };
        let office = self.cast.actor(&plan.enrolled_by)?;
        enrolment::enrol(self.cx, office, &IdempotencyKey(None), &new).await
    }

    /// The office photographs the papers; who is literate has no diploma to show.
    async fn add_papers(&self, plan: &Enrolments, enrolled: &Enrolled, id: StudentRecordId) -> AppResult<()> {
        let office = self.cast.actor(&plan.enrolled_by)?;
        for (kind, photo) in PAPERS {
            if kind != AttachmentKind::Diploma || !enrolled.is_literate {
                enrolment::attach(self.cx, office, id, kind, photo.to_vec()).await?;
            }
        }
        Ok(())
    }

    /// The learner gets a slip and uses it.
    async fn log_in_first(
        &self,
        plan: &Enrolments,
        id: StudentRecordId,
        name: &str,
        phone: String,
    ) -> AppResult<Actor> {
        let slip = enrolment::issue_code(self.cx, self.cast.actor(&plan.enrolled_by)?, id).await?;
        let request = ActivateAccount {
            code: slip.code,
            proof: phone,
            login_name: Some(name.to_owned()),
            password: people::password()?,
        };
        enrolment::activate(self.cx, &Hashing::new(1), "demo", request).await?;
        people::learner(self.cx, name).await
    }
}

fn townsman<'a>(townsfolk: &'a HashMap<String, Townsman>, name: &str) -> AppResult<&'a Townsman> {
    townsfolk.get(name).ok_or_else(|| AppError::internal(format!("nobody of the townsfolk is called {name}")))
}
