# Says which of the values on standard input, one a line as {"schema": NAME, "value": ...}, are not as the contract's
# schema of that name wants them (web/public/api/openapi.json); and whether the contract itself is OpenAPI's dialect.
import json, sys
from jsonschema import Draft202012Validator, FormatChecker

contract = json.load(open(sys.argv[1]))
for name, schema in contract["components"]["schemas"].items():
    Draft202012Validator.check_schema(schema)
wrong = 0
for line in sys.stdin:
    case = json.loads(line)
    schema = {"$ref": f"#/components/schemas/{case['schema']}", "components": contract["components"]}
    for error in Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(case["value"]):
        wrong += 1
        print(f"{case['schema']}: {error.json_path}: {error.message}")
sys.exit(1 if wrong else 0)
