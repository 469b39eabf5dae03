//! Where one can go, by role: the entries of the learner's bottom bar and of the staff's side bar.
//!
//! A page that people reach from everywhere gets one line here and one in `routes.rs`.

use crate::{
    i18n::{Locale, td_string},
    ui::Symbol,
};
use shared::{identity::LoginNeed, rights::Role};

/// One entry.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    /// The path of its page.
    pub(crate) path: &'static str,
    /// Its picture.
    pub(crate) symbol: Symbol,
    /// Its name.
    pub(crate) name: fn(Locale) -> &'static str,
}

/// Entries that serve one kind of work.
#[derive(Clone)]
pub(crate) struct Group {
    /// The work; nameless at the top.
    pub(crate) name: Option<fn(Locale) -> &'static str>,
    /// What belongs to it.
    pub(crate) entries: Vec<Entry>,
}

/// The page where a learner begins.
pub(crate) const LEARN: &str = "/learn";
/// The modules that the learner's phone keeps.
pub(crate) const DOWNLOADS: &str = "/learn/downloads";
/// The page where staff begin.
pub(crate) const DESK: &str = "/desk";

/// The page that asks who has not agreed to the privacy notice in force.
pub(crate) const NOTICE: &str = "/notice";
/// The page of one's own consents and data.
pub(crate) const OWN_PRIVACY: &str = "/me/privacy";

/// Where something is done that must be done before anything else.
pub(crate) const fn of_need(need: LoginNeed) -> &'static str {
    match need {
        LoginNeed::NewPassword => "/first_password",
        LoginNeed::SecondFactor => "/second_factor",
    }
}

/// The bottom bar: never more than four.
pub(crate) const LEARNER: [Entry; 4] = [
    Entry { path: LEARN, symbol: Symbol::Book, name: |locale| td_string!(locale, learning.my_title) },
    Entry { path: "/exams", symbol: Symbol::Pencil, name: |locale| td_string!(locale, sittings.my_title) },
    Entry { path: "/progress", symbol: Symbol::Medal, name: |locale| td_string!(locale, credit_bank.my_title) },
    ME,
];

const ME: Entry = Entry { path: "/me", symbol: Symbol::Person, name: |locale| td_string!(locale, common.account) };

const COURSES: Entry =
    Entry { path: "/courses", symbol: Symbol::Book, name: |locale| td_string!(locale, learning.author_title) };
const ITEMS: Entry =
    Entry { path: "/items", symbol: Symbol::Sheets, name: |locale| td_string!(locale, item_bank.title) };
const MY_ITEMS: Entry =
    Entry { path: "/items/mine", symbol: Symbol::Sheets, name: |locale| td_string!(locale, item_bank.mine_title) };
const ITEM_REVIEWS: Entry =
    Entry { path: "/item_reviews", symbol: Symbol::Check, name: |locale| td_string!(locale, item_bank.review_title) };
const PAPERS: Entry = Entry { path: "/papers", symbol: Symbol::Lock, name: |locale| td_string!(locale, papers.title) };
const KEY_SHARES: Entry =
    Entry { path: "/key_shares", symbol: Symbol::Lock, name: |locale| td_string!(locale, papers.shares) };
const EXAM_SESSIONS: Entry =
    Entry { path: "/exam_sessions", symbol: Symbol::Calendar, name: |locale| td_string!(locale, sittings.title) };
const MARKING: Entry =
    Entry { path: "/marking", symbol: Symbol::Pencil, name: |locale| td_string!(locale, marking.title) };
const MARKING_PROGRESS: Entry =
    Entry { path: "/marking_progress", symbol: Symbol::Scale, name: |locale| td_string!(locale, marking.lead_title) };
const WATCH: Entry =
    Entry { path: "/watch", symbol: Symbol::Clock, name: |locale| td_string!(locale, sittings.watch_title) };
const INCIDENTS: Entry =
    Entry { path: "/incidents", symbol: Symbol::Flag, name: |locale| td_string!(locale, sittings.incidents) };
const RECHECKS: Entry =
    Entry { path: "/rechecks", symbol: Symbol::Scale, name: |locale| td_string!(locale, results.rechecks) };
const ACCOMMODATIONS: Entry = Entry {
    path: "/accommodations",
    symbol: Symbol::Person,
    name: |locale| td_string!(locale, sittings.accommodations),
};
const REGISTRATION_REVIEWS: Entry = Entry {
    path: "/qualification_reviews",
    symbol: Symbol::Clipboard,
    name: |locale| td_string!(locale, sittings.qualification_reviews),
};
const CERTIFICATES: Entry = Entry {
    path: "/certificates",
    symbol: Symbol::Medal,
    name: |locale| td_string!(locale, credit_bank.certificates_title),
};

const GRADUATIONS: Entry =
    Entry { path: "/graduations", symbol: Symbol::Clipboard, name: |locale| td_string!(locale, graduation.lists) };
const DIPLOMAS: Entry =
    Entry { path: "/diplomas", symbol: Symbol::Medal, name: |locale| td_string!(locale, graduation.register) };

const ORGANISATION: Entry =
    Entry { path: "/organisation", symbol: Symbol::Building, name: |locale| td_string!(locale, organisation.title) };

const PEOPLE: Entry =
    Entry { path: "/people", symbol: Symbol::People, name: |locale| td_string!(locale, people.title) };
const ENROLMENTS: Entry =
    Entry { path: "/enrolments", symbol: Symbol::Form, name: |locale| td_string!(locale, enrolment.title) };
const ENROLMENT_RULES: Entry =
    Entry { path: "/enrolment_rules", symbol: Symbol::Scale, name: |locale| td_string!(locale, enrolment.rules) };
const SCHOOL_CHANGES: Entry = Entry {
    path: "/school_changes",
    symbol: Symbol::NextSchool,
    name: |locale| td_string!(locale, enrolment.school_changes),
};
const CLASSES: Entry =
    Entry { path: "/classes", symbol: Symbol::Board, name: |locale| td_string!(locale, classes.title) };
const TIMETABLE: Entry =
    Entry { path: "/timetable", symbol: Symbol::Calendar, name: |locale| td_string!(locale, classes.own_timetable) };
const SKILLS: Entry =
    Entry { path: "/skills", symbol: Symbol::Medal, name: |locale| td_string!(locale, classes.skills) };
const HOLIDAYS: Entry =
    Entry { path: "/holidays", symbol: Symbol::Calendar, name: |locale| td_string!(locale, classes.holidays) };
const ATTENDANCE_RULES: Entry = Entry {
    path: "/attendance_rules",
    symbol: Symbol::Scale,
    name: |locale| td_string!(locale, classes.attendance_rules),
};
const COURSE_RULES: Entry =
    Entry { path: "/course_rules", symbol: Symbol::Scale, name: |locale| td_string!(locale, classes.course_rules) };
const EXTERNAL_TOOLS: Entry =
    Entry { path: "/external_tools", symbol: Symbol::Exchange, name: |locale| td_string!(locale, classes.tools) };
const GRADUATION_RULES: Entry =
    Entry { path: "/graduation_rules", symbol: Symbol::Scale, name: |locale| td_string!(locale, graduation.rules) };
const TRANSFERS: Entry =
    Entry { path: "/transfers", symbol: Symbol::Exchange, name: |locale| td_string!(locale, people.transfers) };
const CORRECTIONS: Entry =
    Entry { path: "/corrections", symbol: Symbol::Pencil, name: |locale| td_string!(locale, people.corrections) };
const MERGES: Entry =
    Entry { path: "/merges", symbol: Symbol::Sheets, name: |locale| td_string!(locale, merges.title) };

const ROSTER: Entry =
    Entry { path: "/roster", symbol: Symbol::Clipboard, name: |locale| td_string!(locale, roster.title) };
const VISITS: Entry =
    Entry { path: "/visits", symbol: Symbol::Door, name: |locale| td_string!(locale, roster.visits_title) };
const RIGHTS: Entry = Entry { path: "/rights", symbol: Symbol::Lock, name: |locale| td_string!(locale, rights.title) };
const ACCOUNTS: Entry =
    Entry { path: "/accounts", symbol: Symbol::Person, name: |locale| td_string!(locale, rights.accounts) };
const AUDIT: Entry =
    Entry { path: "/audit", symbol: Symbol::Scale, name: |locale| td_string!(locale, rights.audit_title) };
const SYSTEM: Entry =
    Entry { path: "/system", symbol: Symbol::Lock, name: |locale| td_string!(locale, rights.system_title) };

/// One kind of work: its name, and its pages with the roles that do it.
struct Work {
    name: fn(Locale) -> &'static str,
    pages: &'static [(Entry, &'static [Role])],
}

/// Every kind of work, in the order of the side bar.
const WORK: [Work; 7] = [
    Work {
        name: |locale| td_string!(locale, common.group_people),
        pages: &[
            (ROSTER, &[Role::SchoolOffice, Role::CountyBureau, Role::CityAuditor, Role::ProvinceOffice]),
            (VISITS, &[Role::SchoolOffice, Role::Surveyor]),
            (PEOPLE, &[Role::SchoolOffice, Role::CountyBureau]),
            (ENROLMENTS, &[Role::SchoolOffice, Role::CountyBureau, Role::CityAuditor, Role::ProvinceOffice]),
            (ENROLMENT_RULES, &[Role::ProvinceOffice, Role::CityAuditor, Role::CountyBureau]),
            (SCHOOL_CHANGES, &[Role::SchoolOffice]),
            (TRANSFERS, &[Role::SchoolOffice]),
            (CORRECTIONS, &[Role::SchoolOffice, Role::CountyBureau]),
            (MERGES, &[Role::SchoolOffice, Role::CountyBureau]),
        ],
    },
    Work {
        name: |locale| td_string!(locale, common.group_teaching),
        pages: &[
            (
                CLASSES,
                &[
                    Role::SchoolOffice,
                    Role::ClassTutor,
                    Role::Teacher,
                    Role::CountyBureau,
                    Role::CityAuditor,
                    Role::ProvinceOffice,
                ],
            ),
            (TIMETABLE, &[Role::Teacher, Role::ClassTutor]),
            (SKILLS, &[Role::SchoolOffice, Role::CountyBureau, Role::ServicePointClerk]),
            (HOLIDAYS, &[Role::SchoolOffice, Role::CountyBureau, Role::ProvinceOffice]),
            (ATTENDANCE_RULES, &[Role::ProvinceOffice]),
            (COURSE_RULES, &[Role::ProvinceOffice]),
            (EXTERNAL_TOOLS, &[Role::ProvinceOffice]),
            (GRADUATION_RULES, &[Role::ProvinceOffice]),
            (COURSES, &[Role::Teacher]),
        ],
    },
    Work {
        name: |locale| td_string!(locale, common.group_items),
        pages: &[
            (MY_ITEMS, &[Role::ItemAuthor]),
            (ITEM_REVIEWS, &[Role::ItemReviewer]),
            (ITEMS, &[Role::ItemReviewer, Role::PaperHead, Role::ExamAdministrator]),
            (PAPERS, &[Role::PaperHead, Role::ExamAdministrator]),
        ],
    },
    Work {
        name: |locale| td_string!(locale, common.group_tests),
        pages: &[
            (EXAM_SESSIONS, &[Role::ExamAdministrator]),
            (WATCH, &[Role::SiteHead, Role::Invigilator, Role::Inspector]),
            (
                INCIDENTS,
                &[Role::ExamAdministrator, Role::SiteHead, Role::Invigilator, Role::Inspector, Role::ProvinceOffice],
            ),
            (RECHECKS, &[Role::ExamAdministrator]),
            (ACCOMMODATIONS, &[Role::CountyBureau, Role::CityAuditor]),
            (REGISTRATION_REVIEWS, &[Role::SchoolOffice, Role::CountyBureau, Role::CityAuditor]),
            (KEY_SHARES, &[Role::CountyBureau, Role::CityAuditor, Role::ProvinceOffice]),
            (MARKING, &[Role::Marker]),
            (MARKING_PROGRESS, &[Role::MarkingHead]),
        ],
    },
    Work {
        name: |locale| td_string!(locale, common.group_credit),
        pages: &[
            (CERTIFICATES, &[Role::CreditBankOfficer, Role::CityAuditor]),
            (GRADUATIONS, &[Role::SchoolOffice, Role::CountyBureau, Role::CityAuditor, Role::ProvinceOffice]),
            (DIPLOMAS, &[Role::SchoolOffice, Role::CountyBureau, Role::CityAuditor, Role::ProvinceOffice]),
        ],
    },
    Work {
        name: |locale| td_string!(locale, common.group_organisation),
        pages: &[(
            ORGANISATION,
            &[
                Role::SchoolOffice,
                Role::ExamAdministrator,
                Role::CreditBankOfficer,
                Role::CountyBureau,
                Role::CityAuditor,
                Role::ProvinceOffice,
                Role::SystemAdministrator,
                Role::ItemReviewer,
                Role::SiteHead,
                Role::Invigilator,
                Role::Inspector,
                Role::ServicePointClerk,
            ],
        )],
    },
    Work {
        name: |locale| td_string!(locale, common.group_rights),
        pages: &[
            (ACCOUNTS, &[Role::SecurityAdministrator]),
            (RIGHTS, &[Role::SecurityAdministrator, Role::SchoolOffice, Role::CountyBureau, Role::ProvinceOffice]),
            (AUDIT, &[Role::AuditAdministrator]),
            (SYSTEM, &[Role::SystemAdministrator]),
        ],
    },
];

impl Work {
    /// The pages of it that these roles open.
    fn entries(&self, roles: &[Role]) -> Vec<Entry> {
        let theirs = self.pages.iter().filter(|(_, doers)| doers.iter().any(|doer| roles.contains(doer)));
        theirs.map(|(entry, _)| *entry).collect()
    }
}

/// Whether these roles hold no work but their own study. Who has no role yet is to work here: every learner
/// is one from the first day.
pub(crate) fn is_learner_only(roles: &[Role]) -> bool {
    !roles.is_empty() && roles.iter().all(|role| *role == Role::Learner)
}

/// Where somebody with these roles begins.
pub(crate) fn home(roles: &[Role]) -> &'static str {
    if is_learner_only(roles) { LEARN } else { DESK }
}

/// The pages of all their work.
pub(crate) fn all_work(roles: &[Role]) -> Vec<Entry> {
    WORK.iter().flat_map(|work| work.entries(roles)).collect()
}

/// The side bar of somebody with these roles.
pub(crate) fn side_bar(roles: &[Role]) -> Vec<Group> {
    let desk = Entry { path: DESK, symbol: Symbol::Desk, name: |locale| td_string!(locale, common.desk) };
    let own = if roles.contains(&Role::Learner) { LEARNER.to_vec() } else { vec![ME] };
    let work = WORK.iter().map(|work| Group { name: Some(work.name), entries: work.entries(roles) });
    let mut groups = vec![Group { name: None, entries: vec![desk] }];
    groups.extend(work.filter(|group| !group.entries.is_empty()));
    groups.push(Group { name: Some(|locale| td_string!(locale, common.group_own)), entries: own });
    groups
}
