//! Many values as one text, which SQLite takes apart again.

use rusqlite::types::Value;

/// Those of the values that are wanted, as a list in JSON.
pub(super) fn json(values: &[Value], wanted: impl Fn(&Value) -> bool) -> String {
    let items: Vec<String> = values
        .iter()
        .filter(|value| wanted(value))
        .map(item)
        .collect();
    format!("[{}]", items.join(","))
}

fn item(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Integer(number) => number.to_string(),
        // JSON has no infinity; this is too great a number for anything else.
        Value::Real(number) if number.is_infinite() => {
            if *number > 0.0 { "9e999" } else { "-9e999" }.to_owned()
        }
        // The exponent makes it a real number in SQLite too.
        Value::Real(number) => format!("{number:e}"),
        Value::Text(text) => text_item(text),
        Value::Blob(bytes) => {
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("\"{hex}\"")
        }
    }
}

fn text_item(text: &str) -> String {
    let mut item = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => item.push_str("\\\""),
            '\\' => item.push_str("\\\\"),
            '\0'..='\u{1f}' => item.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => item.push(character),
        }
    }
    item.push('"');
    item
}
