//! The schools of the demo province, and where they teach, serve and test.

use super::content::{Result, read};
use crate::{
    organisation,
    platform::{Services, db::Tx, error::AppResult},
};
use serde::Deserialize;
use shared::{
    ids::ProviderId,
    learning::ClassForm,
    organisation::{
        DivisionCode, ExamSiteEntry, OpenState, PointStaff, ProviderEntry, ProviderKind, ServicePointEntry,
        TeachingPointEntry,
    },
};
use std::path::Path;

/// A school, its classes, and where it teaches and serves.
#[derive(Deserialize)]
pub(super) struct School {
    kind: ProviderKind,
    name: String,
    division: DivisionCode,
    credit_code: Option<String>,
    #[serde(default)]
    pub(super) classes: Vec<Class>,
    #[serde(default)]
    pub(super) teaching_points: Vec<Point>,
    #[serde(default)]
    pub(super) service_points: Vec<Point>,
}

impl School {
    /// What its bureau enters.
    pub(super) fn entry(&self) -> ProviderEntry {
        ProviderEntry {
            kind: self.kind,
            name: self.name.clone(),
            division: self.division,
            credit_code: self.credit_code.clone(),
            credit_code_reason: None,
            state: OpenState::Open,
            told_classes: Vec::new(),
        }
    }
}

/// A teaching point, or a service point with its hours and staff, of whom the first is in charge.
#[derive(Deserialize)]
pub(super) struct Point {
    name: String,
    division: DivisionCode,
    address: String,
    phone: String,
    #[serde(default)]
    opening_hours: String,
    #[serde(default)]
    staff: Vec<String>,
}

impl Point {
    /// What is entered of a teaching point.
    pub(super) fn teaching(&self, provider_id: ProviderId) -> TeachingPointEntry {
        TeachingPointEntry {
            provider_id,
            name: self.name.clone(),
            division: self.division,
            address: self.address.clone(),
            phone: self.phone.clone(),
            state: OpenState::Open,
            told_classes: Vec::new(),
        }
    }

    /// What is entered of a service point.
    pub(super) fn serving(&self, provider_id: ProviderId) -> ServicePointEntry {
        let person = |(at, name): (usize, &String)| PointStaff { name: name.clone(), is_in_charge: at == 0 };
        ServicePointEntry {
            provider_id,
            name: self.name.clone(),
            division: self.division,
            address: self.address.clone(),
            phone: self.phone.clone(),
            opening_hours: self.opening_hours.clone(),
            staff: self.staff.iter().enumerate().map(person).collect(),
            state: OpenState::Open,
        }
    }
}

/// An exam site.
#[derive(Deserialize)]
pub(super) struct Site {
    name: String,
    division: DivisionCode,
    address: String,
    capacity: u32,
    is_accessible: bool,
    contact_name: String,
    contact_phone: String,
}

impl Site {
    /// What is entered of it.
    pub(super) fn entry(&self) -> ExamSiteEntry {
        ExamSiteEntry {
            name: self.name.clone(),
            division: self.division,
            address: self.address.clone(),
            capacity: self.capacity,
            is_accessible: self.is_accessible,
            contact_name: self.contact_name.clone(),
            contact_phone: self.contact_phone.clone(),
            state: OpenState::Open,
        }
    }
}

/// A class of a school.
#[derive(Clone, Deserialize)]
pub(super) struct Class {
    pub(super) name: String,
    pub(super) form: ClassForm,
}

/// The schools and sites, and how their tests are called.
#[derive(Deserialize)]
pub(super) struct Plan {
    /// With `{year}`, `{month}` and `{course}`.
    pub(super) exam_title: String,
    pub(super) schools: Vec<School>,
    pub(super) exam_sites: Vec<Site>,
}

/// The schools with their classes, and how tests are called.
pub(super) fn plan(path: &Path) -> Result<Plan> {
    toml::from_str(&read(path)?).map_err(|error| format!("{}: {error}", path.display()))
}

/// Enters a school and its points.
pub(super) async fn enter(cx: &Services, tx: &Tx, school: &School) -> AppResult<ProviderId> {
    let id = organisation::create_provider(tx, cx.ids.new_id(), &school.entry()).await?;
    for point in &school.teaching_points {
        organisation::create_teaching_point(tx, cx.ids.new_id(), &point.teaching(id)).await?;
    }
    for point in &school.service_points {
        organisation::create_service_point(tx, cx.ids.new_id(), &point.serving(id)).await?;
    }
    Ok(id)
}

/// Enters the sites.
pub(super) async fn enter_sites(cx: &Services, tx: &Tx, sites: &[Site]) -> AppResult<()> {
    for site in sites {
        organisation::create_exam_site(tx, cx.ids.new_id(), &site.entry()).await?;
    }
    Ok(())
}
