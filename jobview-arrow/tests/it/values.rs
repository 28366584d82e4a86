// The rows of a record batch as JSON. Included once for each version of Arrow.

use arrow_array::cast::AsArray as _;
use arrow_array::types::*;
use arrow_array::{Array, RecordBatch};
use serde_json::{Map, Value, json};

/// The rows. Validates all arrays first.
pub(crate) fn rows(batch: &RecordBatch) -> Vec<Map<String, Value>> {
    for column in batch.columns() {
        column.to_data().validate_full().unwrap();
    }
    let schema = batch.schema();
    let row = |index| {
        let values = schema.fields().iter().zip(batch.columns());
        values.map(|(field, column)| (field.name().clone(), value(column, index))).collect()
    };
    (0..batch.num_rows()).map(row).collect()
}

fn value(array: &dyn Array, index: usize) -> Value {
    if array.is_null(index) {
        return Value::Null;
    }
    let name = format!("{:?}", array.data_type());
    match name.split('(').next().unwrap() {
        "Boolean" => json!(array.as_boolean().value(index)),
        "Int8" => json!(array.as_primitive::<Int8Type>().value(index)),
        "Int16" => json!(array.as_primitive::<Int16Type>().value(index)),
        "Int32" => json!(array.as_primitive::<Int32Type>().value(index)),
        "Int64" => json!(array.as_primitive::<Int64Type>().value(index)),
        "UInt8" => json!(array.as_primitive::<UInt8Type>().value(index)),
        "UInt16" => json!(array.as_primitive::<UInt16Type>().value(index)),
        "UInt32" => json!(array.as_primitive::<UInt32Type>().value(index)),
        "UInt64" => json!(array.as_primitive::<UInt64Type>().value(index)),
        "Float32" => json!(array.as_primitive::<Float32Type>().value(index)),
        "Float64" => json!(array.as_primitive::<Float64Type>().value(index)),
        "Timestamp" => json!(array.as_primitive::<TimestampMicrosecondType>().value(index)),
        "Utf8" => json!(array.as_string::<i32>().value(index)),
        "Binary" => json!(array.as_binary::<i32>().value(index)),
        "Dictionary" => {
            let dictionary = array.as_dictionary::<Int8Type>();
            let key = dictionary.keys().value(index) as usize;
            json!(dictionary.values().as_string::<i32>().value(key))
        }
        "List" => {
            let items = array.as_list::<i32>().value(index);
            (0..items.len()).map(|index| value(&items, index)).collect()
        }
        "Struct" => {
            let columns = array.as_struct();
            let names = columns.column_names().into_iter().map(str::to_owned);
            let values = columns.columns().iter().map(|column| value(column, index));
            Value::Object(names.zip(values).collect())
        }
        "Map" => {
            let entries = array.as_map().value(index);
            let (names, items) = (entries.column(0).as_string::<i32>(), entries.column(1));
            let entry = |index| json!([names.value(index), value(items, index)]);
            (0..entries.len()).map(entry).collect()
        }
        other => panic!("{other} is in no table"),
    }
}
