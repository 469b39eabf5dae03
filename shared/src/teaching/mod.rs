//! Timetables of classes, who came to them, and what learners were trained in.

mod attendance;
mod check_in;
mod timetable;

pub use attendance::*;
pub use check_in::*;
pub use timetable::*;

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
        let files = [include_str!("../../locales/zh-CN/classes.json"), include_str!("../../locales/en/classes.json")];
        assert!(are_named(files, &keys));
    }
}
