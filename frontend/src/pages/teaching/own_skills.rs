//! What the learner was trained in, as the school recorded it.

use super::skill_record::{CertificateFacts, TrainingFacts};
use crate::{
    i18n::{t, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{actor::Actor, client},
    ui::Card,
};
use leptos::prelude::*;
use shared::teaching::SkillRecord;

/// The card; nothing for whom nothing was recorded.
#[component]
pub(in crate::pages) fn OwnSkills() -> impl IntoView {
    let actor = expect_context::<Actor>();
    let record = LocalResource::new(move || client::get::<SkillRecord>(actor, "/me/skill_record"));
    move || {
        // The page is about the diploma; without the skills it says a little less.
        let record = record.get()?.ok()?;
        let is_there = !record.trainings.is_empty() || !record.certificates.is_empty();
        is_there.then(|| view! { <Shown record /> })
    }
}

#[component]
fn Shown(record: SkillRecord) -> impl IntoView {
    let i18n = use_i18n();
    let SkillRecord { trainings, certificates, verified_hours, .. } = record;
    view! {
        <Card title=words(|locale| td_string!(locale, classes.own_skills))>
            <p class="muted small">{t!(i18n, classes.own_skills_about)}</p>
            {(!trainings.is_empty()).then(|| view! {
                <h3>{t!(i18n, classes.skill_trainings)}</h3>
                <p class="num">{t!(i18n, classes.verified_hours_sum, hours = verified_hours)}</p>
                <ul class="rows">
                    {trainings.into_iter().map(|training| view! { <li><TrainingFacts training /></li> }).collect_view()}
                </ul>
            })}
            {(!certificates.is_empty()).then(|| view! {
                <h3>{t!(i18n, classes.skill_certificates)}</h3>
                <ul class="rows">
                    {certificates.into_iter().map(|certificate| view! { <li><CertificateFacts certificate /></li> }).collect_view()}
                </ul>
            })}
        </Card>
    }
}
