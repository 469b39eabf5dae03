//! Reads the demo's courses and items from their files.

use serde::Deserialize;
use sha2::{Digest, Sha256};
use shared::{
    ids::{ActivityId, UnitId},
    item_bank::{Descriptor, Item, parse_chinese_text},
    learning::{
        Activity, ActivityBody, CourseAbout, CourseContent, CourseKind, CourseLevel, CourseRole, Criterion, Module,
        NewCourse, Takes, Unit,
    },
};
use std::{fs, path::Path};

/// Divides a unit's lesson from its exercises.
const EXERCISES: &str = "\n<!-- exercises -->\n";
/// Stands before the minutes of a unit.
const MINUTES: &str = "<!-- ";

/// What a file says is wrong.
pub(super) type Result<T> = std::result::Result<T, String>;

#[derive(Deserialize)]
struct CourseFile {
    code: String,
    title: String,
    level: CourseLevel,
    role: CourseRole,
    /// Culture, if it says nothing.
    kind: Option<CourseKind>,
    class_hours: u16,
    face_to_face_hours: u16,
    summary: String,
    #[serde(default)]
    about: CourseAbout,
    modules: Vec<ModuleFile>,
    #[serde(default)]
    assignments: Vec<AssignmentFile>,
    #[serde(default)]
    prompts: Vec<PromptFile>,
}

#[derive(Deserialize)]
struct ModuleFile {
    title: String,
    units: Vec<String>,
}

#[derive(Deserialize)]
struct AssignmentFile {
    /// The file of its unit.
    unit: String,
    title: String,
    is_required: bool,
    task: String,
    takes: Takes,
    rubric: Vec<Criterion>,
}

/// A question to discuss.
#[derive(Deserialize)]
struct PromptFile {
    /// The file of its unit.
    unit: String,
    title: String,
    prompt: String,
}

/// What is done in units beside reading and exercises.
struct Beside<'a> {
    assignments: &'a [AssignmentFile],
    prompts: &'a [PromptFile],
}

#[derive(Deserialize)]
struct DescriptorFile {
    items: Vec<Descriptor>,
}

/// The text of a file.
pub(super) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Every course below a folder, by code.
pub(super) fn courses(folder: &Path) -> Result<Vec<(NewCourse, CourseContent)>> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut folders: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    folders.sort();
    folders.iter().map(|folder| course(folder)).collect()
}

fn course(folder: &Path) -> Result<(NewCourse, CourseContent)> {
    let text = read(&folder.join("course.toml"))?;
    let file: CourseFile = toml::from_str(&text).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut modules = Vec::with_capacity(file.modules.len());
    let beside = Beside { assignments: &file.assignments, prompts: &file.prompts };
    for module in file.modules {
        let unit = |name: &String| unit(&file.code, &folder.join(name), &beside);
        let units = module.units.iter().map(unit).collect::<Result<_>>()?;
        modules.push(Module { title: module.title, units });
    }
    let new = NewCourse {
        code: file.code,
        title: file.title,
        level: file.level,
        role: file.role,
        kind: file.kind.unwrap_or(CourseKind::Culture),
        class_hours: file.class_hours,
        face_to_face_hours: file.face_to_face_hours,
        summary: file.summary,
    };
    Ok((new, CourseContent { about: file.about, modules }))
}

/// A unit: its title and minutes in the first lines, then the lesson, then the exercises.
fn unit(code: &str, path: &Path, beside: &Beside<'_>) -> Result<Unit> {
    let text = read(path)?;
    let wrong = |what: &str| format!("{}: {what}", path.display());
    let (title, rest) = text.split_once('\n').ok_or_else(|| wrong("no title"))?;
    let (minutes, rest) = rest.split_once('\n').ok_or_else(|| wrong("no minutes"))?;
    let digits: String = minutes.trim_start_matches(MINUTES).chars().take_while(char::is_ascii_digit).collect();
    let (body, exercises) = rest.split_once(EXERCISES).unwrap_or((rest, ""));
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    Ok(Unit {
        id: UnitId(id_of(&format!("{code}/{name}"))),
        title: title.trim_start_matches('#').trim().to_owned(),
        minutes: digits.parse().map_err(|_| wrong("no minutes"))?,
        body: body.trim().to_owned(),
        exercises: if exercises.trim().is_empty() { Vec::new() } else { parsed(exercises, path)? },
        activities: activities(code, &name, beside),
    })
}

/// The assignments of a unit, then its questions.
fn activities(code: &str, unit: &str, beside: &Beside<'_>) -> Vec<Activity> {
    let assignments = beside.assignments.iter().filter(|assignment| assignment.unit == unit);
    let prompts = beside.prompts.iter().filter(|prompt| prompt.unit == unit);
    let assignments = assignments.map(|assignment| activity(code, assignment));
    assignments.chain(prompts.map(|prompt| prompt_of(code, prompt))).collect()
}

fn prompt_of(code: &str, prompt: &PromptFile) -> Activity {
    let PromptFile { unit, title, prompt } = prompt;
    Activity {
        id: ActivityId(id_of(&format!("{code}/{unit}/{title}"))),
        title: title.clone(),
        is_required: false,
        body: ActivityBody::Discussion { prompt: prompt.trim().to_owned() },
    }
}

fn activity(code: &str, assignment: &AssignmentFile) -> Activity {
    let AssignmentFile { unit, title, is_required, task, takes, rubric } = assignment;
    Activity {
        id: ActivityId(id_of(&format!("{code}/{unit}/{title}"))),
        title: title.clone(),
        is_required: *is_required,
        body: ActivityBody::Assignment { task: task.trim().to_owned(), takes: *takes, rubric: rubric.clone() },
    }
}

/// The same unit or activity has the same id in every demo province.
fn id_of(name: &str) -> uuid::Uuid {
    let digest = Sha256::digest(name);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

fn parsed(text: &str, path: &Path) -> Result<Vec<Item>> {
    let parsed = parse_chinese_text(text);
    match parsed.errors.first() {
        Some(error) => Err(format!("{}: line {}: {}", path.display(), error.line, error.code)),
        None => Ok(parsed.items),
    }
}

/// The items of the course with this code; none if it has no file.
pub(super) fn items(folder: &Path, code: &str) -> Result<Vec<Item>> {
    let path = folder.join(format!("{code}.txt"));
    if path.is_file() { parsed(&read(&path)?, &path) } else { Ok(Vec::new()) }
}

/// What the items of the course with this code are about, in their order; nothing if it has no file.
pub(super) fn descriptors(folder: &Path, code: &str) -> Result<Vec<Descriptor>> {
    let path = folder.join(format!("{code}.toml"));
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let file: DescriptorFile = toml::from_str(&read(&path)?).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(file.items)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{demo::pictures, platform::markdown};
    use shared::{item_bank::validate_descriptor, learning::validate_publication};

    fn folder() -> &'static Path {
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/demo"))
    }

    #[test]
    fn the_drafts_of_the_demo_can_be_reviewed() {
        let drafts = items(&folder().join("drafts"), "GYW01").unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(drafts.len(), 3);
    }

    #[test]
    fn the_content_of_the_demo_can_be_published() {
        let courses = courses(&folder().join("courses")).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(courses.len(), 6);
        for (new, content) in courses {
            assert_eq!(validate_publication(&content), [], "{}", new.code);
            for module in &content.modules {
                assert!(module.units.len() >= 3 && module.units.iter().all(|unit| !unit.exercises.is_empty()));
            }
        }
    }

    #[test]
    fn every_item_of_the_demo_is_described_within_a_module_of_its_course() {
        let items_folder = folder().join("items");
        for (new, content) in courses(&folder().join("courses")).unwrap_or_else(|error| panic!("{error}")) {
            let items = items(&items_folder, &new.code).unwrap_or_else(|error| panic!("{error}"));
            let said = descriptors(&items_folder, &new.code).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(said.len(), items.len(), "{}", new.code);
            for one in &said {
                assert_eq!(validate_descriptor(one), [], "{}", new.code);
                let of_course = content.modules.iter().any(|module| module.title == one.module);
                assert!(of_course, "{}: {}", new.code, one.module);
            }
        }
    }

    fn han(text: &str) -> usize {
        text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count()
    }

    #[test]
    fn every_course_has_something_to_read_and_to_practise() {
        let courses = courses(&folder().join("courses")).unwrap_or_else(|error| panic!("{error}"));
        for (new, content) in &courses {
            assert!(content.modules.len() >= 4, "{}", new.code);
            for unit in content.modules.iter().flat_map(|module| &module.units) {
                assert!(han(&unit.body) >= 700, "{}: {}", new.code, unit.title);
                assert!(unit.exercises.len() >= 6, "{}: {}", new.code, unit.title);
                assert!(unit.exercises.iter().all(|item| !item.explanation.is_empty()), "{}: {}", new.code, unit.title);
            }
        }
    }

    /// Marks that a reader would see if bold words or a formula were written wrongly.
    #[test]
    fn no_mark_of_a_lesson_is_left_over() {
        for (new, content) in courses(&folder().join("courses")).unwrap_or_else(|error| panic!("{error}")) {
            for unit in content.modules.iter().flat_map(|module| &module.units) {
                let practice = unit.exercises.iter().flat_map(|item| [&item.stem, &item.explanation]);
                for text in practice.chain([&unit.body]) {
                    let html = markdown::render(text);
                    assert!(
                        !html.contains("**") && !html.contains(['\\', '$']),
                        "{}: {}: {html}",
                        new.code,
                        unit.title
                    );
                }
            }
        }
    }

    #[test]
    fn the_pictures_of_the_lessons_lie_beside_them() {
        let folder = folder().join("courses");
        for (new, content) in courses(&folder).unwrap_or_else(|error| panic!("{error}")) {
            for unit in content.modules.iter().flat_map(|module| &module.units) {
                for file in pictures::files_in(&unit.body) {
                    assert!(folder.join(&new.code).join(&file).is_file(), "{}: {file}", unit.title);
                }
            }
        }
    }
}
