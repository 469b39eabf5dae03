use super::*;
use proptest::prelude::*;
use uuid::Uuid;

fn id(n: u8) -> UnitId {
    UnitId(Uuid::from_u128(u128::from(n)))
}

fn item(stem: &str) -> Item {
    let body = ItemBody::SingleChoice { options: vec!["二".into(), "三".into()], key: 0 };
    Item { schema_version: 1, stem: stem.into(), body, explanation: String::new() }
}

fn unit(n: u8) -> Unit {
    let exercises = vec![item("一加一等于几？"), item("这个字读什么？")];
    Unit {
        id: id(n),
        title: format!("单元{n}"),
        minutes: 10,
        body: format!("第{n}课。\n读一读。\n"),
        exercises,
        activities: Vec::new(),
    }
}

fn module(title: &str, units: &[u8]) -> Module {
    Module { title: title.into(), units: units.iter().copied().map(unit).collect() }
}

fn content() -> CourseContent {
    CourseContent { modules: vec![module("甲", &[1, 2]), module("乙", &[3, 4, 5])], ..CourseContent::default() }
}

fn after(change: impl FnOnce(&mut CourseContent)) -> CourseDifference {
    let mut new = content();
    change(&mut new);
    course_difference((Some(1), &content()), (None, &new))
}

/// What became of which unit, and whether it moved.
fn told(found: &CourseDifference) -> Vec<(UnitId, Change, bool)> {
    found.units.iter().map(|unit| (unit.id, unit.change, unit.is_moved)).collect()
}

#[test]
fn what_did_not_change_is_not_told() {
    let found = after(|_| {});
    assert_eq!((found.modules, found.units), (Vec::new(), Vec::new()));
}

#[test]
fn units_come_go_and_change_their_name() {
    let found = after(|content| {
        content.modules[0].units[0].title = "新名字".into();
        content.modules[1].units.remove(2);
        content.modules[1].units.push(unit(6));
    });
    assert_eq!(
        told(&found),
        [(id(1), Change::Changed, false), (id(6), Change::Added, false), (id(5), Change::Removed, false)]
    );
    assert_eq!(found.units[0].title_before.as_deref(), Some("单元1"));
    assert_eq!(found.units[1].text, [Piece { change: Change::Added, text: "第6课。\n读一读。\n".into() }]);
    assert_eq!(found.units[2].module_title, "乙");
    assert_eq!(found.modules, []);
}

#[test]
fn as_few_units_as_possible_have_moved() {
    let first_to_the_end = after(|content| content.modules[1].units.rotate_left(1));
    assert_eq!(told(&first_to_the_end), [(id(3), Change::Changed, true)]);
    let elsewhere = after(|content| {
        let unit = content.modules[0].units.remove(1);
        content.modules[1].units.insert(0, unit);
    });
    assert_eq!(told(&elsewhere), [(id(2), Change::Changed, true)]);
    assert_eq!(elsewhere.units[0].module_title, "乙");
}

#[test]
fn a_module_is_known_by_its_units_and_else_by_its_title() {
    let renamed = after(|content| content.modules[0].title = "丙".into());
    let changed = |title: &str, title_before: Option<&str>, is_moved| ModuleDifference {
        change: Change::Changed,
        title: title.into(),
        title_before: title_before.map(Into::into),
        is_moved,
    };
    assert_eq!(renamed.modules, [changed("丙", Some("甲"), false)]);
    let swapped = after(|content| content.modules.swap(0, 1));
    assert_eq!(swapped.modules.len(), 1);
    assert!(swapped.modules[0].is_moved && swapped.units.is_empty());
    let rewritten = after(|content| content.modules[0].units = vec![unit(7)]);
    assert_eq!(rewritten.modules, []);
    let replaced = after(|content| content.modules[0] = module("丁", &[8]));
    let changes: Vec<_> = replaced.modules.iter().map(|module| (module.title.as_str(), module.change)).collect();
    assert_eq!(changes, [("丁", Change::Added), ("甲", Change::Removed)]);
}

#[test]
fn an_exercise_that_says_nearly_the_same_has_changed() {
    let found = after(|content| {
        let exercises = &mut content.modules[0].units[0].exercises;
        exercises[0].stem = "一加二等于几？".into();
        exercises.push(item("完全不同的另一道题目，问的是别的事情，没有相同的字"));
    });
    let changes: Vec<_> = found.units[0].exercises.iter().map(|one| (one.number, one.change)).collect();
    assert_eq!(changes, [(1, Change::Changed), (3, Change::Added)]);
    let removed = after(|content| drop(content.modules[0].units[0].exercises.remove(0)));
    let changes: Vec<_> = removed.units[0].exercises.iter().map(|one| (one.number, one.change)).collect();
    assert_eq!(changes, [(1, Change::Removed)]);
}

#[test]
fn an_exercise_that_stands_elsewhere_has_moved_and_is_neither_gone_nor_new() {
    let found = after(|content| {
        let exercises = &mut content.modules[0].units[0].exercises;
        exercises.swap(0, 1);
        exercises.push(item("完全不同的另一道题目，问的是别的事情，没有相同的字"));
    });
    let told = |one: &ExerciseDifference| (one.number, one.change, one.is_moved, one.text.is_empty());
    let changes: Vec<_> = found.units[0].exercises.iter().map(told).collect();
    let moved =
        changes.iter().filter(|(_, change, is_moved, is_same)| *change == Change::Changed && *is_moved && *is_same);
    assert_eq!((changes.len(), moved.count()), (2, 1), "{changes:?}");
    assert!(changes.contains(&(3, Change::Added, false, false)), "{changes:?}");
    // The same exercise twice is told twice.
    let twice = after(|content| content.modules[0].units[0].exercises.push(item("一加一等于几？")));
    let changes: Vec<_> = twice.units[0].exercises.iter().map(told).collect();
    assert_eq!(changes, [(3, Change::Added, false, false)]);
}

#[test]
fn everything_is_new_where_nothing_was() {
    let found = course_difference((None, &CourseContent::default()), (Some(1), &content()));
    assert!(found.modules.iter().all(|module| module.change == Change::Added));
    assert_eq!(found.units.len(), 5);
}

#[test]
fn what_strangers_are_told_is_compared_too() {
    let found = after(|content| {
        content.about.goals = "会写借条".to_owned();
        content.about.is_sample_open = true;
        content.about.textbook = "语文".to_owned();
        content.about.standard_year = Some(2020);
    });
    assert_eq!(found.goals, [Piece { change: Change::Added, text: "会写借条".to_owned() }]);
    assert_eq!((found.is_sample_open, found.units.len()), (Some(true), 0));
    assert_eq!(found.basis, [Piece { change: Change::Added, text: "语文\n2020".to_owned() }]);
    let same = after(|_| ());
    assert_eq!((same.goals, same.basis, same.is_sample_open), (Vec::new(), Vec::new(), None));
}

proptest! {
    #[test]
    fn exercises_that_are_only_put_in_another_order_have_moved(
        order in Just((0..6_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let asked = |at: usize| item(&format!("第{at}题"));
        let old: Vec<_> = (0..6).map(asked).collect();
        let new: Vec<_> = order.iter().copied().map(asked).collect();
        let found = exercises(&old, &new);
        prop_assert!(found.iter().all(|one| one.is_moved && one.text.is_empty()));
        prop_assert_eq!(found.is_empty(), old == new);
    }

    #[test]
    fn every_unit_that_came_or_went_is_told_once(
        old in prop::collection::btree_set(0..12_u8, 0..8), new in prop::collection::btree_set(0..12_u8, 0..8),
    ) {
        let content = |units: &std::collections::BTreeSet<u8>| {
            let units: Vec<_> = units.iter().copied().collect();
            CourseContent { modules: vec![module("甲", &units)], ..CourseContent::default() }
        };
        let found = course_difference((None, &content(&old)), (None, &content(&new)));
        let of = |change: Change| -> Vec<UnitId> {
            found.units.iter().filter(|unit| unit.change == change).map(|unit| unit.id).collect()
        };
        prop_assert_eq!(of(Change::Added), new.difference(&old).copied().map(id).collect::<Vec<_>>());
        prop_assert_eq!(of(Change::Removed), old.difference(&new).copied().map(id).collect::<Vec<_>>());
        prop_assert_eq!(of(Change::Changed), Vec::new());
    }
}
