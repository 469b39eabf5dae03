//! What the learners of the class were trained in, each with the way to their record.

use crate::{
    i18n::{t, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{
        actor::Actor,
        client::{self, Outcome},
    },
    ui::{AsyncView, Card, Column, Table, Tag, Tone},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{ids::ClassId, teaching::LearnerSkills};

/// The part of the page.
#[component]
pub(super) fn Skills(class_id: ClassId) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let skills: LocalResource<Outcome<Vec<LearnerSkills>>> =
        LocalResource::new(move || async move { client::get(actor, &format!("/classes/{class_id}/skills")).await });
    let columns = StoredValue::new(vec![
        Column::text(words(|locale| td_string!(locale, people.name))),
        Column::number(words(|locale| td_string!(locale, classes.verified_hours))),
        Column::number(words(|locale| td_string!(locale, classes.verified_certificates))),
        Column::text(words(|locale| td_string!(locale, classes.to_check))),
    ]);
    view! {
        <Card title=words(|locale| td_string!(locale, classes.skills))>
            <p class="muted small">{t!(i18n, classes.skills_about)}</p>
            <AsyncView resource=skills let:rows>
                <Table
                    caption=words(|locale| td_string!(locale, classes.skills_table))
                    columns=columns.get_value()
                    rows=Signal::stored(rows)
                    key=|learner| learner.account_id
                    row
                    empty=words(|locale| td_string!(locale, classes.no_members))
                />
            </AsyncView>
            <p><A href="/skills">{t!(i18n, classes.to_all_skills)}</A></p>
        </Card>
    }
}

fn row(learner: LearnerSkills) -> impl IntoView {
    let i18n = use_i18n();
    let LearnerSkills { account_id, display_name, verified_hours, certificates, to_check } = learner;
    let waiting = (to_check > 0)
        .then(|| view! { <Tag tone=Tone::Wait>{t!(i18n, classes.to_check_count, count = to_check)}</Tag> });
    view! {
        <th scope="row"><A href=format!("/skill_records/{account_id}")>{display_name}</A></th>
        <td class="n">{verified_hours}</td>
        <td class="n">{certificates}</td>
        <td>{waiting}</td>
    }
}
