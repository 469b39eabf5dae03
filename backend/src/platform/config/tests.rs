use super::{NAMES, Settings, sms};
use std::{ffi::OsString, fs};

fn settings(written: &[(&str, &str)]) -> Settings {
    let values = written.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Settings { values: values.collect(), wrong: Vec::new() }
}

/// What an environment comes to.
fn environment(variables: &[(&str, &str)]) -> Settings {
    Settings::from_variables(variables.iter().map(|(name, value)| (OsString::from(name), OsString::from(value))))
}

#[test]
fn all_wrong_settings_are_reported_at_once() {
    let settings = settings(&[
        ("listen", "here"),
        ("database_url", "mysql://x"),
        ("demo", "maybe"),
        ("trusted_proxies", "lb"),
        ("answer_queue", "0"),
        ("clock_skew_ms", "little"),
        ("staff_totp", "sometimes"),
        ("staff_idle_minutes", "0"),
        ("learner_idle_minutes", "14"),
        ("staff_password_days", "-1"),
        ("staff_dormant_days", "quarter"),
        ("password_queue", "0"),
        ("export_max_rows", "1000001"),
        ("sms", "pigeon"),
        ("log", "sqlx=loud"),
        ("colour", "red"),
    ]);
    let wrong = settings.check().unwrap_err();
    for name in [
        "listen",
        "database_url",
        "demo",
        "trusted_proxies",
        "answer_queue",
        "clock_skew_ms",
        "staff_totp",
        "staff_idle_minutes",
        "learner_idle_minutes",
        "staff_password_days",
        "staff_dormant_days",
        "password_queue",
        "export_max_rows",
        "sms",
        "log",
        "colour",
    ] {
        assert!(wrong.iter().any(|line| line.starts_with(name)), "{name} in {wrong:?}");
    }
}

#[test]
fn a_group_of_answers_fits_into_a_statement() {
    let check = |rows: &str| settings(&[("answer_group_rows", rows)]).check().map(|config| config.answer_group_rows);
    assert_eq!((check("1"), check("1024")), (Ok(1), Ok(1_024)));
    for wrong in ["0", "1025", "-1", "many"] {
        assert_eq!(check(wrong), Err(vec!["answer_group_rows: must be a number from 1 to 1024".to_owned()]), "{wrong}");
    }
}

#[test]
fn a_file_says_numbers_switches_and_lists_as_it_likes() {
    let file = "demo = true\nanswer_queue = 9\nstaff_idle_minutes = \"30\"\n\
                trusted_proxies = [\"10.0.0.1\", \"10.0.0.2\"]\n";
    let config = Settings::from_file(file).unwrap().check().unwrap();
    assert!(config.demo);
    assert_eq!((config.answer_queue, config.staff_idle_minutes, config.trusted_proxies.len()), (9, 30, 2));
    assert!(Settings::from_file("listen = 1.5").is_err());
    assert_eq!(Settings::from_file("demo = 7\nanswer_queue = -1").unwrap().check().unwrap_err().len(), 2);
}

#[test]
fn a_proxy_is_known_however_its_address_is_written() {
    let proxies = |written: &str| settings(&[("trusted_proxies", written)]).check().unwrap().trusted_proxies;
    let plain = proxies("10.0.0.1, 2001:db8::1");
    assert_eq!(plain.len(), 2);
    assert_eq!(proxies("::ffff:10.0.0.1,2001:DB8:0::1"), plain, "a socket of IPv6 tells IPv4 so");
}

#[test]
fn the_defaults_are_right() {
    let config = Settings::default().check().unwrap();
    assert_eq!(config.public_url, "http://127.0.0.1:8080");
    assert_eq!((config.staff_idle_minutes, config.learner_idle_minutes), (15, 30));
    assert_eq!((config.staff_password_days, config.staff_dormant_days), (90, 90));
    assert_eq!((config.recordings.video_bytes, config.recordings.sound_bytes), (200_000_000, 20_000_000));
}

#[test]
fn a_recording_has_room_for_something_and_not_for_everything() {
    let wrong = settings(&[("video_max_mb", "0"), ("sound_max_mb", "2001")]).check().unwrap_err();
    let says = |name: &str| format!("{name}: must be a number from 1 to 2000");
    assert_eq!(wrong, [says("video_max_mb"), says("sound_max_mb")]);
}

#[test]
fn the_passwords_of_the_demo_never_get_old() {
    let config = settings(&[("demo", "true")]).check().unwrap();
    assert_eq!((config.staff_password_days, config.staff_dormant_days), (0, 0));
}

#[test]
fn the_environment_is_stronger_than_the_file_and_the_file_than_the_defaults() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("chengxi.toml");
    fs::write(&file, "answer_queue = 9\nstaff_idle_minutes = 30\n").unwrap();
    let file = file.to_str().unwrap();
    let config = environment(&[("CHENGXI_CONFIG", file), ("CHENGXI_ANSWER_QUEUE", "10")]).check().unwrap();
    assert_eq!((config.answer_queue, config.staff_idle_minutes, config.answer_group_rows), (10, 30, 512));
}

#[test]
fn what_is_no_setting_is_wrong_in_the_environment_as_in_the_file() {
    let wrong = environment(&[("CHENGXI_ANSWER_QUEU", "10"), ("CHENGXI_listen", "0.0.0.0:80")]).check().unwrap_err();
    assert_eq!(wrong, ["CHENGXI_ANSWER_QUEU: no such setting", "CHENGXI_listen: no such setting"]);
    let others = [("PATH", "/bin"), ("CHENGXI_TEST_FOLDER", "x"), ("CHENGXI_BIN", "y"), ("CHENGXI_BENCH_REPORT", "z")];
    assert!(environment(&others).check().is_ok());
}

#[test]
fn a_file_that_cannot_be_read_hides_no_other_fault() {
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.toml");
    fs::write(&broken, "listen = ").unwrap();
    for file in [broken, folder.path().join("nowhere.toml")] {
        let file = file.to_str().unwrap();
        let wrong = environment(&[("CHENGXI_CONFIG", file), ("CHENGXI_DEMO", "maybe")]).check().unwrap_err();
        let [unread, demo] = &wrong[..] else { panic!("{wrong:?}") };
        assert!(unread.starts_with(file) && demo.starts_with("demo: "), "{wrong:?}");
    }
}

#[test]
fn no_password_is_printed() {
    let config = settings(&[
        ("database_url", "postgres://chengxi:not-to-be-read@db/chengxi"),
        ("redis_url", "redis://:not-to-be-read@redis/"),
    ]);
    assert!(!format!("{:?}", config.check().unwrap()).contains("not-to-be-read"));
}

#[test]
fn every_setting_has_its_line_in_the_readme() {
    let readme = include_str!("../../../../README.md");
    for name in NAMES.iter().chain(&sms::NAMES) {
        assert!(readme.contains(&format!("`CHENGXI_{}`", name.to_uppercase())), "{name}");
    }
}
