//! The tables of Chengxi, one concern a file; the same on SQLite and PostgreSQL.
//!
//! Forward only. A file that has been merged is never changed.

use sea_orm_migration::prelude::*;

mod m20261123_000100_platform;
mod m20261123_000200_identity;
mod m20261123_000300_organisation;
mod m20261123_000400_learning;
mod m20261123_000500_item_bank;
mod m20261123_000600_papers;
mod m20261123_000700_sittings;
mod m20261123_000800_delivery;
mod m20261123_000900_marking;
mod m20261123_001000_results;
mod m20261123_001100_credit_bank;
mod m20261124_000100_certificate_editions;
mod m20261124_000200_certificate_editions_alone;
mod m20261124_000300_jobs;
mod m20261124_000400_pictures;
mod m20261125_000100_marking_claims;
mod m20261125_000200_organisation_places;
mod m20261125_000300_people;
mod m20261125_000400_roster;
mod m20261125_000410_role_grant_place;
mod m20261125_000500_enrolment;
mod m20261125_000600_classes;
mod m20261125_000610_teaching;
mod m20261125_000620_skills;
mod m20261125_000700_rights;
mod m20261125_000710_consents;
mod m20261125_000800_person_merge;
mod m20261125_000810_correction_request;
mod m20261125_000820_skill_withdrawals;
mod m20261125_000821_roll_photos;
mod m20261126_000100_login_phone;
mod m20261126_000300_roster_steps;
mod m20261126_000400_names;
mod m20261126_000500_attendance_rule;
mod m20261126_000600_exam_chain;
mod m20261126_000700_item_review;
mod m20261126_000710_marking_reopening;
mod m20261126_000800_text_messages;
mod m20261126_000900_audit_indexes;
mod m20261126_000910_enrolment_rule_proposals;
mod m20261126_001100_study_notes;
mod m20261126_001110_inquiries;
mod m20261126_001200_school_changes;
mod m20261126_001201_certificate_states;
mod m20261126_001300_class_reminders;
mod m20261126_001310_announcements;
mod m20261126_001400_course_reviews;
mod m20261126_001410_answered_versions;
mod m20261126_001420_study_by_course;
mod m20261126_001500_daily_cap;
mod m20261126_001510_anomaly_look;
mod m20261126_001520_study_proof;
mod m20261126_001600_offline_study;
mod m20261126_001700_course_kind;
mod m20261127_000100_known_devices;
mod m20261127_000110_kept_logins;
mod m20261127_000120_former_passwords;
mod m20261127_000600_roster_file_parts;
mod m20261127_000610_roster_filters;
mod m20261127_000620_roster_by_hand;
mod m20261127_000700_queue_depths;
mod m20261127_000710_roster_checks;
mod m20261127_000720_correction_due;
mod m20261127_000800_list_filters;
mod m20261127_000810_skill_details;
mod m20261127_000811_skill_photos;
mod m20261127_000820_class_details;
mod m20261127_000830_division_changes;
mod m20261127_000840_meeting_notices;
mod m20261127_001000_study_in_time;
mod m20261127_001010_check_in_secrets;
mod m20261127_001020_noted_states;
mod m20261127_001200_assignments;
mod m20261127_001300_recordings;
mod m20261127_001400_discussion;
mod m20261127_001700_item_descriptors;
mod m20261127_001710_blueprints;
mod m20261127_001800_blueprint_indexes;
mod m20261127_001910_attendance_rule_proposals;
mod m20261127_001920_exam_rooms;
mod m20261127_001921_seat_plans;
mod m20261127_001922_seats;
mod m20261127_001930_incidents;
mod m20261127_002000_service_point_clerks;
mod m20261127_002001_class_points;
mod m20261127_002010_assignment_files;
mod m20261127_002020_paper_proposals;
mod m20261127_002021_pinned_options;
mod m20261127_002022_paper_sections;
mod m20261127_002030_item_texts;
mod m20261127_002031_item_statistics;
mod m20261127_002032_item_uses;
mod m20261127_002033_item_comments;
mod m20261127_002040_accommodations;
mod m20261127_002041_sitting_needs;
mod m20261127_002042_exam_hard_stop;
mod m20261127_002043_late_changes;
mod m20261127_002050_sealed_answers;
mod m20261127_002051_revocation_proposals;
mod m20261127_002052_exam_bans;
mod m20261127_002053_score_rechecks;
mod m20261127_002100_face_to_face_share;
mod m20261127_002101_roster_upload_parts;
mod m20261127_002102_enrolment_rule_withdrawals;
mod m20261127_002103_room_states;
mod m20261127_002110_swept_rows;
mod m20261127_002111_course_rules;
mod m20261127_002120_mark_dimensions;
mod m20261127_002121_sealed_items;
mod m20261127_002122_item_events;
mod m20261127_002123_measured_items;
mod m20261127_002130_key_ceremonies;
mod m20261127_002131_unread_items;
mod m20261127_002132_quizzes;
mod m20261127_002140_exam_openings;
mod m20261127_002141_exam_calendars;
mod m20261127_002142_exam_postponements;
mod m20261127_002143_exam_rules;
mod m20261127_002144_exam_kinds;
mod m20261127_002145_exam_forms;
mod m20261127_002146_exam_quotas;
mod m20261127_002147_qualification_reviews;
mod m20261127_002148_room_devices;
mod m20261127_002150_watched_seats;
mod m20261127_002151_returned_time;
mod m20261127_002152_room_acts;
mod m20261127_002153_sitting_presence;
mod m20261127_002154_paper_entries;
mod m20261127_002155_browser_exam_keys;
mod m20261127_002157_superseded_epochs;
mod m20261127_002160_ticket_logins;
mod m20261127_002163_sealed_remarks;
mod m20261127_002164_pinned_scorers;
mod m20261127_002167_graduation_rules;
mod m20261127_002168_graduations;
mod m20261127_002169_diplomas;
mod m20261127_002170_paper_tools;
mod m20261127_002172_stuck_reminders;
mod m20261127_002173_exam_windows;
mod m20261128_002174_merges_across_places;
mod m20261128_002175_roster_rounds;
mod m20261128_002176_late_answers;
mod m20261128_002178_uses_in_unified_tests;
mod m20261128_002179_orders_of_parts;
mod m20261128_002180_jobs_again;
mod m20261128_002181_certificates_by_session;
mod m20261128_002182_transfer_requests;
mod m20261128_002183_served_papers;
mod m20261128_002184_spoken_keys;
mod m20261128_002185_seat_changes;
mod m20261128_002187_paper_openings;
mod m20261128_002188_item_trials;
mod m20261128_002189_item_attachments;
mod m20261128_002190_draw_commitments;
mod m20261128_002191_draw_disclosures;
mod m20261128_002192_extension_proposals;
mod m20261128_002193_merged_divisions;
mod m20261128_002194_graduation_rule_proposals;
mod m20261128_002195_external_tools;
mod m20261128_002196_external_scores;
mod m20261128_002197_statement_readers;
mod m20261128_002199_scored_parts;
mod m20261128_002201_meeting_makeups;

/// Every migration, in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000100_platform::Migration),
            Box::new(m20261123_000200_identity::Migration),
            Box::new(m20261123_000300_organisation::Migration),
            Box::new(m20261123_000400_learning::Migration),
            Box::new(m20261123_000500_item_bank::Migration),
            Box::new(m20261123_000600_papers::Migration),
            Box::new(m20261123_000700_sittings::Migration),
            Box::new(m20261123_000800_delivery::Migration),
            Box::new(m20261123_000900_marking::Migration),
            Box::new(m20261123_001000_results::Migration),
            Box::new(m20261123_001100_credit_bank::Migration),
            Box::new(m20261124_000100_certificate_editions::Migration),
            Box::new(m20261124_000200_certificate_editions_alone::Migration),
            Box::new(m20261124_000300_jobs::Migration),
            Box::new(m20261124_000400_pictures::Migration),
            Box::new(m20261125_000100_marking_claims::Migration),
            Box::new(m20261125_000200_organisation_places::Migration),
            Box::new(m20261125_000300_people::Migration),
            Box::new(m20261125_000400_roster::Migration),
            Box::new(m20261125_000410_role_grant_place::Migration),
            Box::new(m20261125_000500_enrolment::Migration),
            Box::new(m20261125_000600_classes::Migration),
            Box::new(m20261125_000610_teaching::Migration),
            Box::new(m20261125_000620_skills::Migration),
            Box::new(m20261125_000700_rights::Migration),
            Box::new(m20261125_000710_consents::Migration),
            Box::new(m20261125_000800_person_merge::Migration),
            Box::new(m20261125_000810_correction_request::Migration),
            Box::new(m20261125_000820_skill_withdrawals::Migration),
            Box::new(m20261125_000821_roll_photos::Migration),
            Box::new(m20261126_000100_login_phone::Migration),
            Box::new(m20261126_000300_roster_steps::Migration),
            Box::new(m20261126_000400_names::Migration),
            Box::new(m20261126_000500_attendance_rule::Migration),
            Box::new(m20261126_000600_exam_chain::Migration),
            Box::new(m20261126_000700_item_review::Migration),
            Box::new(m20261126_000710_marking_reopening::Migration),
            Box::new(m20261126_000800_text_messages::Migration),
            Box::new(m20261126_000900_audit_indexes::Migration),
            Box::new(m20261126_000910_enrolment_rule_proposals::Migration),
            Box::new(m20261126_001100_study_notes::Migration),
            Box::new(m20261126_001110_inquiries::Migration),
            Box::new(m20261126_001200_school_changes::Migration),
            Box::new(m20261126_001201_certificate_states::Migration),
            Box::new(m20261126_001300_class_reminders::Migration),
            Box::new(m20261126_001310_announcements::Migration),
            Box::new(m20261126_001400_course_reviews::Migration),
            Box::new(m20261126_001410_answered_versions::Migration),
            Box::new(m20261126_001420_study_by_course::Migration),
            Box::new(m20261126_001500_daily_cap::Migration),
            Box::new(m20261126_001510_anomaly_look::Migration),
            Box::new(m20261126_001520_study_proof::Migration),
            Box::new(m20261126_001600_offline_study::Migration),
            Box::new(m20261126_001700_course_kind::Migration),
            Box::new(m20261127_000100_known_devices::Migration),
            Box::new(m20261127_000110_kept_logins::Migration),
            Box::new(m20261127_000120_former_passwords::Migration),
            Box::new(m20261127_000600_roster_file_parts::Migration),
            Box::new(m20261127_000610_roster_filters::Migration),
            Box::new(m20261127_000620_roster_by_hand::Migration),
            Box::new(m20261127_000700_queue_depths::Migration),
            Box::new(m20261127_000710_roster_checks::Migration),
            Box::new(m20261127_000720_correction_due::Migration),
            Box::new(m20261127_000800_list_filters::Migration),
            Box::new(m20261127_000810_skill_details::Migration),
            Box::new(m20261127_000811_skill_photos::Migration),
            Box::new(m20261127_000820_class_details::Migration),
            Box::new(m20261127_000830_division_changes::Migration),
            Box::new(m20261127_000840_meeting_notices::Migration),
            Box::new(m20261127_001000_study_in_time::Migration),
            Box::new(m20261127_001010_check_in_secrets::Migration),
            Box::new(m20261127_001020_noted_states::Migration),
            Box::new(m20261127_001200_assignments::Migration),
            Box::new(m20261127_001300_recordings::Migration),
            Box::new(m20261127_001400_discussion::Migration),
            Box::new(m20261127_001700_item_descriptors::Migration),
            Box::new(m20261127_001710_blueprints::Migration),
            Box::new(m20261127_001800_blueprint_indexes::Migration),
            Box::new(m20261127_001910_attendance_rule_proposals::Migration),
            Box::new(m20261127_001920_exam_rooms::Migration),
            Box::new(m20261127_001921_seat_plans::Migration),
            Box::new(m20261127_001922_seats::Migration),
            Box::new(m20261127_001930_incidents::Migration),
            Box::new(m20261127_002000_service_point_clerks::Migration),
            Box::new(m20261127_002001_class_points::Migration),
            Box::new(m20261127_002010_assignment_files::Migration),
            Box::new(m20261127_002020_paper_proposals::Migration),
            Box::new(m20261127_002021_pinned_options::Migration),
            Box::new(m20261127_002022_paper_sections::Migration),
            Box::new(m20261127_002030_item_texts::Migration),
            Box::new(m20261127_002031_item_statistics::Migration),
            Box::new(m20261127_002032_item_uses::Migration),
            Box::new(m20261127_002033_item_comments::Migration),
            Box::new(m20261127_002040_accommodations::Migration),
            Box::new(m20261127_002041_sitting_needs::Migration),
            Box::new(m20261127_002042_exam_hard_stop::Migration),
            Box::new(m20261127_002043_late_changes::Migration),
            Box::new(m20261127_002050_sealed_answers::Migration),
            Box::new(m20261127_002051_revocation_proposals::Migration),
            Box::new(m20261127_002052_exam_bans::Migration),
            Box::new(m20261127_002053_score_rechecks::Migration),
            Box::new(m20261127_002100_face_to_face_share::Migration),
            Box::new(m20261127_002101_roster_upload_parts::Migration),
            Box::new(m20261127_002102_enrolment_rule_withdrawals::Migration),
            Box::new(m20261127_002103_room_states::Migration),
            Box::new(m20261127_002110_swept_rows::Migration),
            Box::new(m20261127_002111_course_rules::Migration),
            Box::new(m20261127_002120_mark_dimensions::Migration),
            Box::new(m20261127_002121_sealed_items::Migration),
            Box::new(m20261127_002122_item_events::Migration),
            Box::new(m20261127_002123_measured_items::Migration),
            Box::new(m20261127_002130_key_ceremonies::Migration),
            Box::new(m20261127_002131_unread_items::Migration),
            Box::new(m20261127_002132_quizzes::Migration),
            Box::new(m20261127_002140_exam_openings::Migration),
            Box::new(m20261127_002141_exam_calendars::Migration),
            Box::new(m20261127_002142_exam_postponements::Migration),
            Box::new(m20261127_002143_exam_rules::Migration),
            Box::new(m20261127_002144_exam_kinds::Migration),
            Box::new(m20261127_002145_exam_forms::Migration),
            Box::new(m20261127_002146_exam_quotas::Migration),
            Box::new(m20261127_002147_qualification_reviews::Migration),
            Box::new(m20261127_002148_room_devices::Migration),
            Box::new(m20261127_002150_watched_seats::Migration),
            Box::new(m20261127_002151_returned_time::Migration),
            Box::new(m20261127_002152_room_acts::Migration),
            Box::new(m20261127_002153_sitting_presence::Migration),
            Box::new(m20261127_002154_paper_entries::Migration),
            Box::new(m20261127_002155_browser_exam_keys::Migration),
            Box::new(m20261127_002157_superseded_epochs::Migration),
            Box::new(m20261127_002160_ticket_logins::Migration),
            Box::new(m20261127_002163_sealed_remarks::Migration),
            Box::new(m20261127_002164_pinned_scorers::Migration),
            Box::new(m20261127_002167_graduation_rules::Migration),
            Box::new(m20261127_002168_graduations::Migration),
            Box::new(m20261127_002169_diplomas::Migration),
            Box::new(m20261127_002170_paper_tools::Migration),
            Box::new(m20261127_002172_stuck_reminders::Migration),
            Box::new(m20261127_002173_exam_windows::Migration),
            Box::new(m20261128_002174_merges_across_places::Migration),
            Box::new(m20261128_002175_roster_rounds::Migration),
            Box::new(m20261128_002176_late_answers::Migration),
            Box::new(m20261128_002178_uses_in_unified_tests::Migration),
            Box::new(m20261128_002179_orders_of_parts::Migration),
            Box::new(m20261128_002180_jobs_again::Migration),
            Box::new(m20261128_002181_certificates_by_session::Migration),
            Box::new(m20261128_002182_transfer_requests::Migration),
            Box::new(m20261128_002183_served_papers::Migration),
            Box::new(m20261128_002184_spoken_keys::Migration),
            Box::new(m20261128_002185_seat_changes::Migration),
            Box::new(m20261128_002187_paper_openings::Migration),
            Box::new(m20261128_002188_item_trials::Migration),
            Box::new(m20261128_002189_item_attachments::Migration),
            Box::new(m20261128_002190_draw_commitments::Migration),
            Box::new(m20261128_002191_draw_disclosures::Migration),
            Box::new(m20261128_002192_extension_proposals::Migration),
            Box::new(m20261128_002193_merged_divisions::Migration),
            Box::new(m20261128_002194_graduation_rule_proposals::Migration),
            Box::new(m20261128_002195_external_tools::Migration),
            Box::new(m20261128_002196_external_scores::Migration),
            Box::new(m20261128_002197_statement_readers::Migration),
            Box::new(m20261128_002199_scored_parts::Migration),
            Box::new(m20261128_002201_meeting_makeups::Migration),
        ]
    }
}
