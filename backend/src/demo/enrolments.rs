//! Who of the townsfolk has enrolled, and how far their records have come.

use super::{Stage, people, townsfolk::Townsman};
use crate::{
    enrolment,
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

/// When they enrolled, in days before today.
const ENROLLED: i64 = 15;
/// A learner looks into their account some days before today.
const LOGGED_IN: i64 = 5;

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
    enrolments: Vec<Enrolled>,
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
        let plan: Enrolments =
            toml::from_str(include_str!("../../demo/enrolments.toml")).map_err(AppError::internal)?;
        for enrolled in &plan.enrolments {
            self.days_ago(ENROLLED);
            let id = self.enrol(&plan, enrolled, townsfolk).await?;
            self.add_papers(&plan, enrolled, id).await?;
            for (taken, days) in enrolled.steps.iter().zip(1..) {
                self.days_ago(ENROLLED - days);
                let wanted = TakeStep { step: taken.step, reason: taken.reason.clone() };
                let seen = i32::try_from(days).map_err(AppError::internal)?;
                let by = self.cast.actor(&taken.by)?;
                enrolment::take_step(self.cx, by, id, seen, &IdempotencyKey(None), &wanted).await?;
            }
            if let Some(name) = &enrolled.login_name {
                let phone = townsman(townsfolk, &enrolled.name)?.phone.clone();
                self.log_in_first(&plan, id, name, phone).await?;
            }
        }
        Ok(())
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
    async fn log_in_first(&self, plan: &Enrolments, id: StudentRecordId, name: &str, phone: String) -> AppResult<()> {
        self.days_ago(LOGGED_IN);
        let slip = enrolment::issue_code(self.cx, self.cast.actor(&plan.enrolled_by)?, id).await?;
        let request = ActivateAccount {
            code: slip.code,
            proof: phone,
            login_name: Some(name.to_owned()),
            password: people::password()?,
        };
        enrolment::activate(self.cx, "demo", request).await
    }
}

fn townsman<'a>(townsfolk: &'a HashMap<String, Townsman>, name: &str) -> AppResult<&'a Townsman> {
    townsfolk.get(name).ok_or_else(|| AppError::internal(format!("nobody of the townsfolk is called {name}")))
}
