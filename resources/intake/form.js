// The fillable form. The first half is plain functions over plain values; the second half draws them on the page.
// It is written so that it runs in browsers ten years old, and asks for nothing from anywhere.
"use strict";

/** Whether every named answer is one of the listed texts. */
function holds(when, answers) {
  return Object.keys(when).every(function (id) {
    return when[id].indexOf(answers[id] || "") >= 0;
  });
}

/** The fields that are asked for, given what has been answered so far. */
function asked(fields, answers) {
  return fields.filter(function (field) { return holds(field.when, answers); });
}

/** What may be chosen in a field, given the other answers. */
function offered(field, answers) {
  if (field.narrow) {
    var narrowed = field.narrow[answers[field.by] || ""];
    return narrowed || field.choices;
  }
  return field.choices || [];
}

/** The places to choose from: all provinces, or what lies in the province or city that was chosen. */
function places(field, answers, tree) {
  var section = field.id.split(".")[0];
  if (field.level === "province") { return Object.keys(tree); }
  var cities = tree[answers[section + ".province"] || ""] || {};
  if (field.level === "city") { return Object.keys(cities); }
  return cities[answers[section + ".city"] || ""] || [];
}

/** The texts of a list, parted as a workbook's cell is. */
function parted(text) {
  return text.split(/[、；;，,\n]/).map(function (part) { return part.trim(); })
    .filter(function (part) { return part; });
}

/** One row of 前置审批 out of “项目：文号”. */
function approval(part) {
  var found = part.replace(":", "：").split("：");
  var row = { type: found[0].trim() };
  var code = found.slice(1).join("：").trim();
  if (code) { row.code = code; }
  return row;
}

/** The draft file that holds what was filled in; nothing typed is left out, asked for or not. */
function draftOf(fields, answers, rest) {
  var draft = rest ? JSON.parse(JSON.stringify(rest)) : {};
  draft.format = "beian-draft";
  draft.version = 1;
  draft.answers = {};
  Object.keys(rest && rest.answers || {}).forEach(function (id) { draft.answers[id] = rest.answers[id]; });
  draft.attachments = draft.attachments || {};
  fields.forEach(function (field) {
    var text = (answers[field.id] || "").trim();
    if (!text) { delete draft.answers[field.id]; return; }
    if (field.kind === "several") { draft.answers[field.id] = parted(text); }
    else if (field.kind === "rows") {
      draft.answers[field.id] = parted(text).map(approval).map(function (row) {
        return withMedia(row, rest && rest.answers && rest.answers[field.id]);
      });
    }
    else { draft.answers[field.id] = text; }
  });
  return draft;
}

/** A row of 前置审批 with the pictures it had in the draft that was opened. */
function withMedia(row, before) {
  (Array.isArray(before) ? before : []).forEach(function (old) {
    if (old && old.type === row.type && old.media) { row.media = old.media; }
  });
  return row;
}

/** The text of each field in a draft file.
 *  Throws a sentence where it is no draft this form can read. */
function answersOf(fields, text) {
  var draft;
  try { draft = JSON.parse(text.replace(/^\ufeff/, "")); } catch (error) { draft = null; }
  if (!draft || draft.format !== "beian-draft" || typeof draft.answers !== "object" || !draft.answers) {
    throw new Error("这个文件不是用本表单或备案助手保存的，检查是否选错了文件");
  }
  if (draft.version > 1) { throw new Error("这个文件由更新版本的备案助手保存，请用新的表单打开"); }
  var answers = {};
  fields.forEach(function (field) {
    var answer = draft.answers[field.id];
    if (Array.isArray(answer)) {
      answer = answer.map(function (part) {
        return typeof part === "string" ? part : part.type + (part.code ? "：" + part.code : "");
      }).join("、");
    }
    if (typeof answer === "string" || typeof answer === "number") { answers[field.id] = String(answer); }
  });
  return { answers: answers, draft: draft };
}

/** The name of the file that is given back. */
function fileName(answers) {
  var name = [answers["subject.name"], answers["mini_program.name"]].filter(Boolean).join("_") || "备案资料";
  return name.replace(/[\\\/:*?"<>|\s\u0000-\u001f\u202a-\u202e]+/g, "_").slice(0, 60) + ".json";
}

/** What is still to be filled in: the fields that are asked for, must be answered, and are empty. */
function missing(fields, answers) {
  return asked(fields, answers).filter(function (field) {
    return !field.optional && !(answers[field.id] || "").trim();
  });
}

// ---------------------------------------------------------------- the page

function start(data) {
  var answers = {}, rest = null, rows = {}, changed = false;
  var fields = data.fields;

  function made(tag, text, name) {
    var node = document.createElement(tag);
    if (text) { node.textContent = text; }
    if (name) { node.className = name; }
    return node;
  }

  function fill(node, texts) {
    while (node.firstChild) { node.removeChild(node.firstChild); }
    texts.forEach(function (text) {
      var option = made("option", text);
      option.value = text;
      node.appendChild(option);
    });
  }

  function inputFor(field) {
    if (field.kind === "choice" && field.complete) { return made("select"); }
    if (field.kind === "lines") { var area = made("textarea"); area.rows = 4; return area; }
    var input = made("input");
    input.type = "text";
    input.autocomplete = "off";
    input.spellcheck = false;
    if (field.kind === "choice" || field.kind === "place" || field.kind === "several" || field.kind === "rows") {
      input.setAttribute("list", "list-" + field.id);
    }
    return input;
  }

  function draw(field, parent) {
    var row = made("div", "", "row"), label = made("label", field.label), input = inputFor(field);
    input.id = field.id;
    label.htmlFor = field.id;
    label.appendChild(made("span", field.optional ? "（选填）" : "", "need"));
    var hint = made("p", field.help + (field.example ? "；" + field.example : ""), "hint");
    hint.id = "hint-" + field.id;
    input.setAttribute("aria-describedby", hint.id);
    row.appendChild(label);
    row.appendChild(input);
    if (input.hasAttribute("list")) {
      var list = made("datalist");
      list.id = "list-" + field.id;
      row.appendChild(list);
    }
    row.appendChild(hint);
    parent.appendChild(row);
    rows[field.id] = { row: row, input: input, list: row.querySelector("datalist") };
    input.addEventListener("input", function () { take(field, input.value); });
    input.addEventListener("change", function () { take(field, input.value); });
  }

  function take(field, value) {
    if (answers[field.id] === value) { return; }
    answers[field.id] = value;
    changed = true;
    refresh();
  }

  function refresh() {
    fields.forEach(function (field) {
      var shown = rows[field.id];
      shown.row.hidden = !holds(field.when, answers);
      var texts = field.kind === "place" ? places(field, answers, data.places) : offered(field, answers);
      var stamp = texts.join("\n");
      if (shown.stamp !== stamp) {
        shown.stamp = stamp;
        if (shown.list) { fill(shown.list, texts); }
        else if (shown.input.tagName === "SELECT") {
          var now = answers[field.id] || "";
          fill(shown.input, [""].concat(texts, now && texts.indexOf(now) < 0 ? [now] : []));
          shown.input.value = now;
        }
      }
    });
    data.sections.forEach(function (section) {
      var any = fields.some(function (field) {
        return field.section === section.id && !rows[field.id].row.hidden;
      });
      document.getElementById("section-" + section.id).hidden = !any;
    });
    var left = missing(fields, answers);
    say(left.length ? "还有 " + left.length + " 项没填：" + left.slice(0, 5).map(function (field) {
      return field.label;
    }).join("、") + (left.length > 5 ? " 等" : "") : "要填的都填了，可以保存发回");
  }

  function say(text) { document.getElementById("state").textContent = text; }

  function save() {
    var text = JSON.stringify(draftOf(fields, answers, rest), null, 1) + "\n";
    var link = made("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = fileName(answers);
    document.body.appendChild(link);
    link.click();
    document.body.removeChild(link);
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
    changed = false;
    say("已存成“" + link.download + "”，在浏览器的下载文件夹里，请把它发回");
  }

  function reopen(file) {
    var reader = new FileReader();
    reader.onload = function () {
      try {
        var found = answersOf(fields, String(reader.result));
        answers = found.answers;
        rest = found.draft;
      } catch (error) { say(error.message); return; }
      fields.forEach(function (field) { rows[field.id].stamp = ""; });
      refresh();
      fields.forEach(function (field) { rows[field.id].input.value = answers[field.id] || ""; });
      changed = false;
    };
    reader.readAsText(file, "utf-8");
  }

  data.sections.forEach(function (section) {
    var part = made("fieldset");
    part.id = "section-" + section.id;
    part.appendChild(made("legend", section.title));
    document.getElementById("form").appendChild(part);
    fields.forEach(function (field) { if (field.section === section.id) { draw(field, part); } });
  });
  document.getElementById("save").addEventListener("click", save);
  document.getElementById("open").addEventListener("click", function () { document.getElementById("file").click(); });
  document.getElementById("file").addEventListener("change", function (event) {
    if (event.target.files.length) { reopen(event.target.files[0]); }
    event.target.value = "";
  });
  window.addEventListener("beforeunload", function (event) {
    if (changed) { event.preventDefault(); event.returnValue = ""; }
  });
  refresh();
}

if (typeof document !== "undefined") { start(JSON.parse(document.getElementById("data").textContent)); }
