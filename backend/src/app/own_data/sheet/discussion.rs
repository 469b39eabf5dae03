//! What one has written, reported and read in discussions of classes.

use super::{Section, of};
use crate::platform::words::moment;
use shared::own_data::OwnData;

pub(super) fn posts(data: &OwnData) -> Section {
    let rows = data.discussion.posts.iter().map(|post| {
        let (class, topic) = (post.class_name.clone(), post.topic_title.clone());
        vec![class, topic, post.text.clone(), of("discussion.post", post.state.as_str()), moment(post.posted_at)]
    });
    Section::new("discussion_posts", &[("class", 2), ("topic", 3), ("post", 5), ("state", 2), ("at", 2)], rows)
}

pub(super) fn reports(data: &OwnData) -> Section {
    let rows = data.discussion.reports.iter().map(|report| {
        let (class, topic) = (report.class_name.clone(), report.topic_title.clone());
        vec![class, topic, report.reason.clone(), moment(report.reported_at)]
    });
    Section::new("discussion_reports", &[("class", 3), ("topic", 4), ("reason", 5), ("at", 3)], rows)
}

pub(super) fn readings(data: &OwnData) -> Section {
    let rows = data.discussion.readings.iter().map(|reading| {
        let (class, topic) = (reading.class_name.clone(), reading.topic_title.clone());
        vec![class, topic, reading.upto.to_string(), moment(reading.read_at)]
    });
    Section::new("discussion_readings", &[("class", 3), ("topic", 5), ("upto", 2), ("read_at", 3)], rows)
}
