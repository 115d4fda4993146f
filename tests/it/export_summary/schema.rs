//! The JSON of a summary against its documented schema.

use cairn::export::{Format, render};
use cairn::model::Person;
use serde_json::{Value, json};

use super::records::{Records, amina, amina_with_canaries, id};

const SCHEMA: &str = include_str!("../../../assets/schemas/arcp-summary.schema.json");

/// What of JSON Schema the file uses. A word that is not known here is a fault of the schema.
pub fn check(schema: &Value, value: &Value, root: &Value, at: &str) -> Result<(), String> {
    let not = |why: String| Err(format!("{at}: {why}"));
    for (word, wanted) in schema.as_object().unwrap() {
        match word.as_str() {
            "$schema" | "$id" | "$defs" | "title" | "description" => {}
            "$ref" => {
                let name = wanted.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
                check(&root["$defs"][name], value, root, at)?;
            }
            "const" if wanted != value => return not(format!("is not {wanted}")),
            "enum" if !wanted.as_array().unwrap().contains(value) => {
                return not(format!("{value} is none of {wanted}"));
            }
            "const" | "enum" => {}
            "anyOf" => {
                let fits = |one: &Value| check(one, value, root, at).is_ok();
                if !wanted.as_array().unwrap().iter().any(fits) {
                    return not(format!("{value} fits none of {wanted}"));
                }
            }
            "type" => {
                let kind = match value {
                    Value::Null => "null",
                    Value::Bool(_) => "boolean",
                    Value::Number(_) => "integer",
                    Value::String(_) => "string",
                    Value::Array(_) => "array",
                    Value::Object(_) => "object",
                };
                let fits = *wanted == kind
                    || wanted.as_array().is_some_and(|all| all.contains(&json!(kind)));
                if !fits {
                    return not(format!("{kind} is not {wanted}"));
                }
            }
            "required" => {
                for name in wanted.as_array().unwrap() {
                    if value.get(name.as_str().unwrap()).is_none() {
                        return not(format!("lacks {name}"));
                    }
                }
            }
            "properties" => {
                for (name, value) in value.as_object().unwrap() {
                    match wanted.get(name) {
                        Some(schema) => check(schema, value, root, &format!("{at}/{name}"))?,
                        None => return not(format!("does not document {name}")),
                    }
                }
            }
            "additionalProperties" => assert_eq!(*wanted, json!(false)),
            "items" => {
                for (n, item) in value.as_array().unwrap().iter().enumerate() {
                    check(wanted, item, root, &format!("{at}/{n}"))?;
                }
            }
            "minItems" if (value.as_array().unwrap().len() as u64) < wanted.as_u64().unwrap() => {
                return not("has too few".to_owned());
            }
            "minLength" if value.as_str().unwrap().is_empty() => return not("is empty".to_owned()),
            "minItems" | "minLength" | "minimum" | "maximum" => {}
            // The one pattern there is.
            "pattern" => {
                if value.as_str().is_some_and(|day| day.parse::<jiff::civil::Date>().is_err()) {
                    return not(format!("{value} is no day"));
                }
            }
            other => panic!("{at}: the check does not know {other}"),
        }
    }
    Ok(())
}

#[test]
fn the_json_of_a_summary_keeps_to_its_schema() {
    let root: Value = serde_json::from_str(SCHEMA).unwrap();
    let nobody = Records {
        id: id(1),
        person: Person::default(),
        settings: Default::default(),
        sessions: Vec::new(),
        actions: Vec::new(),
    };
    let mut broken = Value::Null;
    for records in [amina(), amina_with_canaries(), nobody] {
        let bytes = render(&records.summary(), Format::Json).unwrap();
        let value: Value = serde_json::from_slice(&bytes).unwrap();
        check(&root, &value, &root, "").unwrap();
        broken = value;
    }
    // The check itself can fail.
    let with = |change: &dyn Fn(&mut Value)| {
        let mut value = broken.clone();
        change(&mut value);
        check(&root, &value, &root, "").unwrap_err()
    };
    assert!(with(&|it| it["private"] = json!([])).contains("private"));
    assert!(with(&|it| it["facts"]["made_on"] = json!("soon")).contains("no day"));
    assert!(with(&|it| it["version"] = json!(2)).contains("is not 1"));
}
