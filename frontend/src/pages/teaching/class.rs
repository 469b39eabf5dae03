//! One class: what it is, who is in it, when it meets, how far its learners are, and their hours.

mod add_members;
mod agreement;
mod announcements;
mod anomalies;
mod clashes;
mod day_off;
mod discussions;
mod exams;
mod grades;
mod hours;
mod meeting_form;
mod members;
mod progress;
mod quizzes;
mod readers;
mod remind;
mod rooms;
mod skills;
mod statements;
mod steps;
mod timetable;
mod units;

pub(super) use clashes::ClashList;
pub(super) use day_off::{DayOff, HolidayNotice};
pub(super) use hours::CourseLine;
pub(super) use meeting_form::{Times, Who, at};
pub(super) use remind::Reminded;
pub(super) use rooms::RoomField;

use super::{
    hand_ins::HandInList,
    inquiries::InquiryList,
    words::{StateTag, form_name, season_name},
};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::may,
    platform::{actor::Actor, client, when},
    ui::{AsyncView, ButtonLink, Card, PageHeading},
};
use agreement::Agreement;
use announcements::Announcements;
use anomalies::Anomalies;
use discussions::Discussions;
use exams::Exams;
use grades::Grades;
use hours::Hours;
use leptos::prelude::*;
use leptos_router::{
    components::A,
    hooks::{use_params_map, use_query_map},
};
use members::Members;
use progress::Progress;
use quizzes::Quizzes;
use readers::Readers;
use shared::{
    learning::{ClassPlan, ClassRow},
    rights::{Place, Right},
};
use skills::Skills;
use steps::Steps;
use timetable::Timetable;
use units::Units;

lazy_page! {
    /// The page; `?part=…` shows one part.
    ClassPage = Class in school;
}

/// The parts of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Members,
    Timetable,
    Progress,
    Anomalies,
    Announcements,
    Discussions,
    Inquiries,
    HandIns,
    Quizzes,
    Exams,
    Grades,
    Hours,
    Skills,
}

impl Part {
    const ALL: [Self; 13] = [
        Self::Members,
        Self::Timetable,
        Self::Progress,
        Self::Anomalies,
        Self::Announcements,
        Self::Discussions,
        Self::Inquiries,
        Self::HandIns,
        Self::Quizzes,
        Self::Exams,
        Self::Grades,
        Self::Hours,
        Self::Skills,
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Members => "members",
            Self::Timetable => "timetable",
            Self::Progress => "progress",
            Self::Anomalies => "anomalies",
            Self::Announcements => "announcements",
            Self::Discussions => "discussions",
            Self::Inquiries => "inquiries",
            Self::HandIns => "hand_ins",
            Self::Quizzes => "quizzes",
            Self::Exams => "exams",
            Self::Grades => "grades",
            Self::Hours => "hours",
            Self::Skills => "skills",
        }
    }

    fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Members => td_string!(locale, classes.members),
            Self::Timetable => td_string!(locale, classes.timetable),
            Self::Progress => td_string!(locale, classes.progress),
            Self::Anomalies => td_string!(locale, classes.anomalies),
            Self::Announcements => td_string!(locale, classes.announcements),
            Self::Discussions => td_string!(locale, discussion.title),
            Self::Inquiries => td_string!(locale, classes.inquiries),
            Self::HandIns => td_string!(locale, classes.hand_ins),
            Self::Quizzes => td_string!(locale, classes.quizzes),
            Self::Exams => td_string!(locale, sittings.class_exams),
            Self::Grades => td_string!(locale, classes.gradebook),
            Self::Hours => td_string!(locale, classes.class_hours),
            Self::Skills => td_string!(locale, classes.skills),
        }
    }

    /// Whether somebody may open it.
    fn is_open_to(self, actor: Actor, place: &Place) -> bool {
        match self {
            Self::Members | Self::Timetable => true,
            Self::Progress
            | Self::Anomalies
            | Self::Announcements
            | Self::Discussions
            | Self::Quizzes
            | Self::Grades => may(actor, Right::FollowClass, place),
            Self::Inquiries => may(actor, Right::AnswerInquiry, place),
            Self::HandIns => may(actor, Right::MarkAssignment, place),
            Self::Exams => may(actor, Right::RegisterClass, place),
            Self::Hours => may(actor, Right::TakeAttendance, place),
            Self::Skills => [Right::KeepSkills, Right::CheckSkills].iter().any(|right| may(actor, *right, place)),
        }
    }
}

/// Where a class lies.
pub(super) fn place_of(class: &ClassRow) -> Place {
    Place::Class { id: class.id, provider: class.provider_id, division: class.division.clone() }
}

#[component]
fn Class() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let plan = LocalResource::new(move || {
        let path = format!("/classes/{}/plan", id.get());
        async move { client::get::<ClassPlan>(actor, &path).await }
    });
    let title = Signal::derive(move || match plan.get() {
        Some(Ok(plan)) => plan.class.name,
        _ => t_string!(i18n, classes.class).to_owned(),
    });
    view! {
        <main class="page wide stack">
            <p class="way-back"><A href="/classes">{t!(i18n, classes.title)}</A></p>
            <PageHeading text=title />
            <AsyncView resource=plan let:plan_view>
                <Known plan=plan_view reload=Callback::new(move |()| plan.refetch()) />
            </AsyncView>
        </main>
    }
}

#[component]
fn Known(plan: ClassPlan, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let id = plan.class.id;
    let place = place_of(&plan.class);
    let parts: Vec<_> = Part::ALL.into_iter().filter(|part| part.is_open_to(actor, &place)).collect();
    let may_address = may(actor, Right::AddressClass, &place);
    let may_lead = may(actor, Right::LeadDiscussion, &place);
    let may_keep = may(actor, Right::KeepClasses, &place);
    let may_propose = may(actor, Right::ProposeGraduates, &place);
    let (asked, open) = (use_query_map(), parts.clone());
    let part = Memo::new(move |_| {
        let asked = asked.with(|query| query.get("part").unwrap_or_default());
        open.iter().copied().find(|part| part.as_str() == asked).unwrap_or(Part::Members)
    });
    let way = move |shown: Part| {
        let is_here = move || (part.get() == shown).then_some("page");
        let href = format!("/classes/{id}?part={}", shown.as_str());
        view! { <a href=href aria-current=is_here data-noscroll="true">{move || shown.name(i18n.get_locale())}</a> }
    };
    let shown = StoredValue::new(plan.clone());
    view! {
        <Card>
            <Facts plan=plan.clone() />
            <Steps plan reload />
            {may_propose.then(|| view! {
                <p><ButtonLink href=format!("/classes/{id}/graduates")>{t!(i18n, graduation.to_candidates)}</ButtonLink></p>
            })}
        </Card>
        <nav class="parts-bar" aria-label=move || t_string!(i18n, classes.parts)>{parts.into_iter().map(way).collect_view()}</nav>
        {move || match part.get() {
            Part::Members => view! { <Members plan=shown.get_value() reload /> }.into_any(),
            Part::Timetable => view! { <Timetable plan=shown.get_value() /> }.into_any(),
            Part::Progress => view! {
                <Progress class_id=id may_address />
                <Units class_id=id />
                {may_keep.then(|| view! { <Readers class_id=id /> })}
            }
            .into_any(),
            Part::Anomalies => view! { <Anomalies class_id=id /> }.into_any(),
            Part::Announcements => view! { <Announcements class_id=id may_address /> }.into_any(),
            Part::Discussions => view! { <Discussions class_id=id may_lead /> }.into_any(),
            Part::Inquiries => view! { <InquiryList class_id=id /> }.into_any(),
            Part::HandIns => view! { <HandInList class_id=id /> }.into_any(),
            Part::Quizzes => view! { <Quizzes class_id=id may_set=may_address /> }.into_any(),
            Part::Exams => view! { <Exams class_id=id /> }.into_any(),
            Part::Grades => view! { <Grades class_id=id /> }.into_any(),
            Part::Hours => view! { <Hours class_id=id /> }.into_any(),
            Part::Skills => view! { <Skills class_id=id /> }.into_any(),
        }}
    }
}

#[component]
fn Facts(plan: ClassPlan) -> impl IntoView {
    let i18n = use_i18n();
    let agreement = (!plan.partner.is_empty()).then(|| plan.clone());
    let (contact, phone, season) = (plan.partner_contact.clone(), plan.partner_phone.clone(), plan.season);
    let ClassPlan { class, partner, teaching_point_name, courses, starts_on, ends_on, attendance, may_keep, .. } = plan;
    let ClassRow { form, state, provider_name, tutor_name, learners, capacity, .. } = class;
    let courses = courses.into_iter().map(|course| course.title).collect::<Vec<_>>();
    let courses = move || courses.join(t_string!(i18n, common.list_comma));
    let day = move |day: Option<jiff::civil::Date>| {
        day.map_or_else(|| t_string!(i18n, classes.open_day).to_owned(), |day| when::day(i18n.get_locale(), day))
    };
    let tutor = move || tutor_name.clone().unwrap_or_else(|| t_string!(i18n, classes.no_tutor).to_owned());
    let minutes = move |minutes: u16| t_string!(i18n, classes.so_many_minutes, minutes = minutes);
    let has_days = starts_on.is_some() || ends_on.is_some();
    view! {
        <dl class="facts">
            <div><dt>{t!(i18n, classes.state)}</dt><dd><StateTag state /></dd></div>
            <div><dt>{t!(i18n, classes.form)}</dt><dd>{move || form_name(i18n.get_locale(), form)}</dd></div>
            <div><dt>{t!(i18n, enrolment.school)}</dt><dd>{provider_name}</dd></div>
            {(!partner.is_empty()).then(|| view! { <div><dt>{t!(i18n, classes.partner)}</dt><dd>{partner}</dd></div> })}
            {(!contact.is_empty() || !phone.is_empty()).then(|| view! {
                <div><dt>{t!(i18n, classes.partner_contact)}</dt><dd>{contact} " " <span class="num">{phone}</span></dd></div>
            })}
            {agreement.map(|plan| view! {
                <div><dt>{t!(i18n, classes.agreement)}</dt><dd><Agreement plan /></dd></div>
            })}
            {season.map(|season| view! {
                <div><dt>{t!(i18n, classes.season)}</dt><dd>{move || season_name(i18n.get_locale(), season)}</dd></div>
            })}
            {teaching_point_name.map(|name| view! {
                <div><dt>{t!(i18n, classes.teaching_point)}</dt><dd>{name}</dd></div>
            })}
            <div><dt>{t!(i18n, classes.tutor)}</dt><dd>{tutor}</dd></div>
            <div>
                <dt>{t!(i18n, classes.learners)}</dt>
                <dd class="num">{format!("{learners} / {capacity}")}</dd>
            </div>
            <div><dt>{t!(i18n, classes.courses)}</dt><dd>{courses}</dd></div>
            <div>
                <dt>{t!(i18n, classes.class_hour)}</dt>
                <dd class="num">{move || minutes(attendance.class_hour_min)}</dd>
            </div>
            <div><dt>{t!(i18n, classes.late_line)}</dt><dd class="num">{move || minutes(attendance.late_min)}</dd></div>
            <div>
                <dt>{t!(i18n, classes.attendance_rule_face)}</dt>
                <dd class="num">
                    {move || t_string!(i18n, classes.attendance_rule_face_of, percent = attendance.face_min_pct)}
                </dd>
            </div>
            {has_days.then(|| view! {
                <div class="whole">
                    <dt>{t!(i18n, classes.days)}</dt>
                    <dd class="num">{move || format!("{} – {}", day(starts_on), day(ends_on))}</dd>
                </div>
            })}
        </dl>
        {may_keep.then(|| view! {
            <p><ButtonLink href=format!("/classes/{}/edit", class.id)>{t!(i18n, classes.change)}</ButtonLink></p>
        })}
    }
}
