//! What of the certificates is shown.

use crate::{
    i18n::{t, td_string, use_i18n},
    pages::organisation::words::words,
    platform::client::query,
    ui::{Button, Field, Select, TextInput},
};
use leptos::prelude::*;
use shared::{
    credit_bank::{ApproveCertificates, CertificateView},
    work::CertificateWait,
};
use std::collections::BTreeMap;

/// The filter for what somebody else proposes to make void; all others are states.
pub(super) const TO_REVOKE: &str = CertificateWait::Revocation.as_str();

/// What is shown.
#[derive(Clone, Copy)]
pub(super) struct Filter {
    /// A state, [`TO_REVOKE`], or nothing.
    pub(super) state: RwSignal<String>,
    session: RwSignal<String>,
    course: RwSignal<String>,
    name: RwSignal<String>,
}

impl Filter {
    /// Everything in this state.
    pub(super) fn new(state: String) -> Self {
        let any = || RwSignal::new(String::new());
        Self { state: RwSignal::new(state), session: any(), course: any(), name: any() }
    }

    /// The address of a page of the list.
    pub(super) fn path(self, cursor: Option<String>) -> String {
        let wanted = self.state.get();
        let (state, waits) = if wanted == TO_REVOKE { (None, Some(wanted)) } else { (Some(wanted), None) };
        let parts = [
            ("limit", Some("50".to_owned())),
            ("state", state),
            ("waits", waits),
            ("exam_session_id", Some(self.session.get())),
            ("course_id", Some(self.course.get())),
            ("name", Some(self.name.get())),
            ("cursor", cursor),
        ];
        format!("/certificates?{}", query(&parts))
    }

    /// Whether it is about certain exam sessions, courses or names.
    pub(super) fn is_narrowed(self) -> bool {
        [self.session, self.course, self.name].iter().any(|part| part.with(|part| !part.is_empty()))
    }

    /// The wish to approve all that wait and fit.
    pub(super) fn approval(self) -> ApproveCertificates {
        let name = self.name.get_untracked();
        ApproveCertificates {
            ids: None,
            exam_session_id: self.session.with_untracked(|id| id.parse().ok()),
            course_id: self.course.with_untracked(|id| id.parse().ok()),
            name: (!name.is_empty()).then_some(name),
        }
    }
}

/// Exam session, course and name.
#[component]
pub(super) fn Narrow(
    /// What is shown.
    filter: Filter,
    /// The certificates that came so far.
    rows: Signal<Vec<CertificateView>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let typed = RwSignal::new(String::new());
    let sessions = met(rows, |row| (row.exam_session_id.to_string(), row.exam_session_title.clone()));
    let courses = met(rows, |row| (row.course_id.to_string(), row.course_title.clone()));
    let find = move |()| {
        let wanted = typed.with_untracked(|typed| typed.trim().to_owned());
        if filter.name.with_untracked(|name| *name != wanted) {
            filter.name.set(wanted);
        }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        find(());
    };
    let all = words(|locale| td_string!(locale, common.all));
    view! {
        <form class="row search" role="search" on:submit=submit>
            <Field id="certificates_session" label=words(|locale| td_string!(locale, credit_bank.exam_session))>
                <Select value=filter.session options=sessions empty=all />
            </Field>
            <Field id="certificates_course" label=words(|locale| td_string!(locale, credit_bank.course))>
                <Select value=filter.course options=courses empty=all />
            </Field>
            <Field id="certificates_name" label=words(|locale| td_string!(locale, credit_bank.holder))>
                <TextInput value=typed on_leave=find />
            </Field>
            <Button is_submit=true>{t!(i18n, credit_bank.find)}</Button>
        </form>
    }
}

/// What certificates have named so far, with its words: what was chosen stays among it, whatever is shown then.
fn met(
    rows: Signal<Vec<CertificateView>>,
    named: fn(&CertificateView) -> (String, String),
) -> Signal<Vec<(String, String)>> {
    let met = Memo::new(move |before: Option<&BTreeMap<String, String>>| {
        let mut met = before.cloned().unwrap_or_default();
        rows.with(|rows| met.extend(rows.iter().map(named)));
        met
    });
    Signal::derive(move || met.get().into_iter().collect())
}
