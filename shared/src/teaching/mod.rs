//! Timetables of classes, who came to them, and what learners were trained in.

mod api;
mod attendance;
mod check_in;
mod entering;
mod holiday;
mod makeup;
mod notice_api;
mod own_data;
mod presence;
mod roll_photo;
mod series;
mod skill;
mod skill_api;
mod skill_check;
mod timetable;
mod week_ahead;

pub use api::*;
pub use attendance::*;
pub use check_in::*;
pub use entering::*;
pub use holiday::*;
pub use makeup::*;
pub use notice_api::*;
pub use own_data::*;
pub use presence::*;
pub use roll_photo::*;
pub use series::*;
pub use skill::*;
pub use skill_api::*;
pub use skill_check::*;
pub use timetable::*;
pub use week_ahead::*;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::are_named;

    #[test]
    fn every_value_has_its_name() {
        let mut keys = Vec::new();
        keys.extend(AttendanceState::ALL.iter().map(|value| format!("attendance_{value}")));
        keys.extend(RollCallMethod::ALL.iter().map(|value| format!("method_{value}")));
        keys.extend(ClashKind::ALL.iter().map(|value| format!("clash_{value}")));
        keys.extend(HolidayKind::ALL.iter().map(|value| format!("holiday_{value}")));
        keys.extend(MeetingState::ALL.iter().map(|value| format!("meeting_{value}")));
        let files = [include_str!("../../locales/zh-CN/classes.json"), include_str!("../../locales/en/classes.json")];
        assert!(are_named(files, &keys));
    }
}
