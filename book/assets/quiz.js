// Quizzes: an attempt, what is to be said of it, one more, the answer.
// Without this script the answers lie folded below their questions.
(() => {
  "use strict";

  const make = (tag, className, ...content) => {
    const element = document.createElement(tag);
    element.className = className;
    element.append(...content);
    return element;
  };

  const verdict = (isRight, text) => {
    const symbol = make("span", "", isRight ? "✓" : "✗");
    symbol.setAttribute("aria-hidden", "true");
    const className = isRight ? "quiz-right" : "quiz-wrong";
    return make("p", "", make("strong", className, symbol, " " + text));
  };

  const set_up = (form) => {
    const answer = document.getElementById(form.id + "-answer");
    const said = form.querySelector(".quiz-said");
    const check = form.querySelector(".quiz-check");
    if (!answer || !said || !check) return;

    const options = [...form.querySelectorAll(".quiz-options input")].map((input) => {
      const item = answer.querySelector(`[data-option="${input.value}"]`);
      return {
        input,
        letter: input.value,
        isRight: item.dataset.right === "true",
        feedback: item.querySelector(".quiz-feedback"),
      };
    });
    const several = options[0].input.type === "checkbox";
    let last = "";
    let wrong = 0;

    const say = (...parts) => said.replaceChildren(...parts);

    const explain = (option) => {
      const letter = make("span", "quiz-letter", option.letter);
      const copy = [...option.feedback.cloneNode(true).childNodes];
      return make("p", "", letter, " ", ...copy);
    };

    const mark = (option) => {
      const text = option.input.closest("label").lastElementChild;
      if (text.querySelector(".quiz-mark")) return;
      const name = option.isRight ? "quiz-right" : "quiz-wrong";
      const word = option.isRight ? "✓ right" : "✗ not right";
      text.append(" ", make("span", "quiz-mark " + name, word));
    };

    const attempt = () => {
      const chosen = options.filter((option) => option.input.checked);
      const letters = chosen.map((option) => option.letter).join(" ");
      if (chosen.length === 0) {
        say(make("p", "", "Choose an option first."));
        return;
      }
      if (wrong === 1 && letters === last) {
        say(make("p", "", "That is the same answer again: choose another."));
        return;
      }
      last = letters;
      const slips = chosen.filter((option) => !option.isRight);
      const missed = options.filter((option) => option.isRight && !option.input.checked);
      if (slips.length === 0 && missed.length === 0) {
        chosen.forEach(mark);
        answer.hidden = false;
        say(verdict(true, "Right."), ...chosen.map(explain));
        return;
      }
      wrong += 1;
      slips.forEach(mark);
      if (wrong === 1) {
        const why =
          several && slips.length === 0
            ? "Something is missing. Try again."
            : "Not right. Try again.";
        say(verdict(false, why), ...slips.map(explain));
        return;
      }
      const right = options.filter((option) => option.isRight);
      const names = right.map((option) => option.letter).join(" and ");
      right.forEach(mark);
      answer.hidden = false;
      say(
        verdict(false, "Not right."),
        ...slips.map(explain),
        verdict(true, `Right: ${names}.`),
        ...right.map(explain),
      );
    };

    // The button that copies code would else be what Enter presses.
    form.querySelectorAll("button:not(.quiz-check)").forEach((button) => {
      button.type = "button";
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      attempt();
    });
    answer.hidden = true;
    check.hidden = false;
  };

  document.querySelectorAll("form.quiz-question").forEach(set_up);

  // On paper nothing can be unfolded.
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details.quiz-answer:not([open])")];
    folded.forEach((answer) => (answer.open = true));
  });
  window.addEventListener("afterprint", () => {
    folded.forEach((answer) => (answer.open = false));
  });
})();
