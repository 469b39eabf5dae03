//! What a learner was trained in: one of the school records it, another finds it right, and the bureau verifies it.

use super::{DAY_S, Stage};
use crate::{
    platform::{
        error::{AppError, AppResult},
        http::IdempotencyKey,
    },
    teaching,
};
use jiff::civil::Date;
use serde::Deserialize;
use shared::{
    ids::{AccountId, ProviderId},
    teaching::{
        CertificateKind, SkillCertificateEntry, SkillCheck, SkillDepartment, SkillLevel, SkillSource,
        SkillTrainingEntry,
    },
};

/// First and last day of the training, and when the certificates were issued, in days before today.
const TRAINED: [i64; 2] = [60, 40];
const ISSUED: i64 = 30;
/// When it was recorded, and when checked.
const RECORDED: i64 = 8;
const CHECKED: i64 = 6;
/// It is as it was recorded.
const RIGHT: SkillCheck = SkillCheck { is_right: true, reason: String::new() };

#[derive(Deserialize)]
struct Told {
    school: String,
    learner: String,
    /// By their account names.
    recorded_by: String,
    checked_by: String,
    verified_by: String,
    training: Training,
    certificates: Vec<Certificate>,
}

#[derive(Deserialize)]
struct Training {
    project: String,
    occupation: String,
    occupation_code: String,
    level: SkillLevel,
    organiser: String,
    hours: u16,
    /// In theory and in practice.
    scores: [u8; 2],
}

#[derive(Deserialize)]
struct Certificate {
    kind: CertificateKind,
    occupation: String,
    level: Option<SkillLevel>,
    issuer: String,
    number: String,
}

impl Stage<'_> {
    /// A learner has been trained, and holds certificates.
    pub(super) async fn skills(&self) -> AppResult<()> {
        let told: Told = toml::from_str(include_str!("../../demo/skills.toml")).map_err(AppError::internal)?;
        let (clerk, colleague) = (self.cast.actor(&told.recorded_by)?, self.cast.actor(&told.checked_by)?);
        let bureau = self.cast.actor(&told.verified_by)?;
        let whose = (self.cast.actor(&told.learner)?.account_id, self.world.school(&told.school)?);
        self.days_ago(RECORDED);
        let key = IdempotencyKey(None);
        let training = teaching::record_training(self.cx, clerk, &key, &self.training(whose, told.training)).await?;
        let mut certificates = Vec::new();
        for certificate in told.certificates {
            let entry = self.certificate(whose, certificate);
            certificates.push(teaching::record_certificate(self.cx, clerk, &key, &entry).await?.id);
        }
        self.days_ago(CHECKED);
        for hand in [colleague, bureau] {
            teaching::check_training(self.cx, hand, training.id, &RIGHT).await?;
            for id in &certificates {
                teaching::check_certificate(self.cx, hand, *id, &RIGHT).await?;
            }
        }
        Ok(())
    }

    fn training(&self, (learner, provider_id): (AccountId, ProviderId), told: Training) -> SkillTrainingEntry {
        let [starts_on, ends_on] = TRAINED.map(|days| self.day(days));
        let Training { project, occupation, occupation_code, level, organiser, hours, scores } = told;
        let [theory_score, practice_score] = scores.map(Some);
        SkillTrainingEntry {
            learner,
            provider_id,
            project,
            occupation,
            occupation_code: Some(occupation_code),
            level: Some(level),
            department: Some(SkillDepartment::HumanResources),
            organiser,
            hours,
            theory_score,
            practice_score,
            source: SkillSource::School,
            starts_on,
            ends_on,
        }
    }

    fn certificate(&self, (learner, provider_id): (AccountId, ProviderId), told: Certificate) -> SkillCertificateEntry {
        let Certificate { kind, occupation, level, issuer, number } = told;
        SkillCertificateEntry {
            learner,
            provider_id,
            kind,
            kind_name: String::new(),
            occupation,
            level,
            issuer,
            number,
            issued_on: self.day(ISSUED),
        }
    }

    fn day(&self, days_ago: i64) -> Date {
        self.today.plus_s(-days_ago * DAY_S).date_in_china()
    }
}
