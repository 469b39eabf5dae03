//! What one learner was trained in and which certificates prove it: recorded by the school, found right by
//! somebody else.

mod act;
mod certificate_form;
mod facts;
mod photo;
mod training_form;

use super::skill_words::has;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::words::words,
    platform::{actor::Actor, client},
    ui::{AsyncView, Button, Card, Dialog, EmptyState, Look, PageHeading, Symbol},
};
use act::{Act, ActDialogs, Acts, Kind};
use certificate_form::CertificateForm;
pub(super) use facts::{CertificateFacts, TrainingFacts};
use leptos::{context::Provider, prelude::*};
use leptos_router::{components::A, hooks::use_params_map};
use photo::CertificatePhoto;
use shared::{
    ids::AccountId,
    rights::Right,
    teaching::{SkillCertificateView, SkillRecord, SkillSchool, SkillTrainingView, judge_skill_photo},
};
use training_form::TrainingForm;

lazy_page! {
    /// The page.
    SkillRecordPage = Record in school;
}

#[component]
fn Record() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let record = LocalResource::new(move || {
        let path = format!("/skill_records/{}", id.get());
        async move { client::get::<SkillRecord>(actor, &path).await }
    });
    let title = Signal::derive(move || match record.get() {
        Some(Ok(record)) => record.display_name,
        _ => t_string!(i18n, classes.skills).to_owned(),
    });
    let reload = Callback::new(move |()| record.refetch());
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href="/skills">{t!(i18n, classes.skills)}</A></p>
            <PageHeading text=title />
            <AsyncView resource=record let:record>
                <Known record reload />
            </AsyncView>
        </main>
    }
}

#[component]
fn Known(record: SkillRecord, reload: Callback<()>) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let SkillRecord { account_id, trainings, certificates, verified_hours, schools, .. } = record;
    let acts = Acts::new(reload);
    let who = Who { learner: account_id, schools: StoredValue::new(schools), reload };
    let may = May { keep: has(actor, Right::KeepSkills), check: has(actor, Right::CheckSkills) };
    view! {
        <Provider value=acts>
            <Provider value=may>
                <Trainings trainings verified_hours who />
                <Certificates certificates who />
                <ActDialogs acts />
            </Provider>
        </Provider>
    }
}

/// Whose record it is, and where more can be recorded.
#[derive(Clone, Copy)]
pub(super) struct Who {
    learner: AccountId,
    schools: StoredValue<Vec<SkillSchool>>,
    reload: Callback<()>,
}

/// What the reader may do; the server says where.
#[derive(Clone, Copy)]
struct May {
    keep: bool,
    check: bool,
}

#[component]
fn Trainings(trainings: Vec<SkillTrainingView>, verified_hours: u32, who: Who) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    let may_add = who.schools.with_value(|schools| !schools.is_empty());
    let nothing = words(|locale| td_string!(locale, classes.no_trainings));
    view! {
        <Card title=words(|locale| td_string!(locale, classes.skill_trainings))>
            <p class="num">{t!(i18n, classes.verified_hours_sum, hours = verified_hours)}</p>
            {may_add.then(|| view! {
                <div class="row">
                    <Button look=Look::Primary on_press=move |()| is_open.set(true)>{t!(i18n, classes.add_training)}</Button>
                </div>
                <Dialog is_open title=words(|locale| td_string!(locale, classes.add_training))>
                    <TrainingForm who is_open />
                </Dialog>
            })}
            {if trainings.is_empty() {
                view! { <EmptyState text=nothing symbol=Symbol::Clipboard /> }.into_any()
            } else {
                let rows = trainings.into_iter().map(|training| {
                    let act = Act::of_training(&training);
                    view! { <li><TrainingFacts training /><Deeds act /></li> }
                });
                view! { <ul class="rows">{rows.collect_view()}</ul> }.into_any()
            }}
        </Card>
    }
}

#[component]
fn Certificates(certificates: Vec<SkillCertificateView>, who: Who) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    let may_add = who.schools.with_value(|schools| !schools.is_empty());
    let nothing = words(|locale| td_string!(locale, classes.no_certificates));
    let may = expect_context::<May>();
    view! {
        <Card title=words(|locale| td_string!(locale, classes.skill_certificates))>
            {may_add.then(|| view! {
                <div class="row">
                    <Button on_press=move |()| is_open.set(true)>{t!(i18n, classes.add_certificate)}</Button>
                </div>
                <Dialog is_open title=words(|locale| td_string!(locale, classes.add_certificate))>
                    <CertificateForm who is_open />
                </Dialog>
            })}
            {if certificates.is_empty() {
                view! { <EmptyState text=nothing symbol=Symbol::Medal /> }.into_any()
            } else {
                let rows = certificates.into_iter().map(|certificate| {
                    let act = Act::of_certificate(&certificate);
                    let (id, has_photo) = (certificate.id, certificate.has_photo);
                    let (occupation, may_add) =
                        (certificate.entry.occupation.clone(), may.keep && judge_skill_photo(certificate.state).is_ok());
                    let reload = who.reload;
                    view! {
                        <li>
                            <CertificateFacts certificate />
                            <CertificatePhoto id occupation has_photo may_add reload />
                            <Deeds act />
                        </li>
                    }
                });
                view! { <ul class="rows">{rows.collect_view()}</ul> }.into_any()
            }}
        </Card>
    }
}

/// What can be done with one record.
#[component]
fn Deeds(act: Act) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let (acts, may) = (expect_context::<Acts>(), expect_context::<May>());
    let is_own = actor.kept_account().is_some_and(|me| act.is_recorded_by(me));
    let is_touched = actor.kept_account().is_some_and(|me| act.is_touched_by(me));
    let may_check = may.check && act.waits_for_check();
    let (name, checked, refused, withdrawn) =
        (StoredValue::new(act.name.clone()), act.clone(), act.clone(), act.clone());
    view! {
        <div class="row">
            {(may_check && is_touched).then(|| view! { <p class="muted small">{t!(i18n, classes.second_person)}</p> })}
            {(may_check && !is_touched).then(|| view! {
                <Button is_busy=acts.deed.is_busy() on_press=move |()| acts.find_right(checked.clone())>
                    {t!(i18n, classes.find_right)}
                    <span class="visually-hidden">" " {name.get_value()}</span>
                </Button>
                <Button on_press=move |()| acts.ask(Kind::Refuse, refused.clone())>
                    {t!(i18n, classes.find_wrong)}
                    <span class="visually-hidden">" " {name.get_value()}</span>
                </Button>
            })}
            {(may.keep && act.may_be_withdrawn(is_own)).then(|| view! {
                <Button on_press=move |()| acts.ask(Kind::Withdraw, withdrawn.clone())>
                    {t!(i18n, classes.withdraw_record)}
                    <span class="visually-hidden">" " {name.get_value()}</span>
                </Button>
            })}
        </div>
    }
}
