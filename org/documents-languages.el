;;; documents-languages.el --- what a block's language needs  -*- lexical-binding: t -*-

;;; Commentary:

;; Org runs a language by a file of its own, ob-LANGUAGE, and a program.  Both are looked for before a block is run, so
;; that a missing one is a line that says what to install.

;;; Code:

(require 'documents)
(require 'ob-shell)

(defconst documents-programs
  '(("C" "gcc" "gcc libc6-dev") ("C++" "g++" "g++") ("cpp" "g++" "g++") ("D" "rdmd" "rdmd")
    ("R" "R" "r-base-core") ("awk" "awk" "gawk") ("clojure" "clojure" "clojure elpa-cider")
    ("dot" "dot" "graphviz") ("ditaa" "ditaa" "ditaa") ("fish" "fish" "fish") ("forth" "gforth" "gforth")
    ("fortran" "gfortran" "gfortran") ("gnuplot" "gnuplot" "gnuplot-nox elpa-gnuplot-mode")
    ("groovy" "groovy" "groovy") ("haskell" "ghc" "ghc elpa-haskell-mode") ("java" "javac" "default-jdk-headless")
    ("js" "node" "nodejs") ("julia" "julia" "julia") ("ksh" "ksh" "ksh") ("latex" "pdflatex" "texlive-latex-base")
    ("lilypond" "lilypond" "lilypond") ("lua" "lua" "lua5.4") ("maxima" "maxima" "maxima")
    ("ocaml" "ocaml" "ocaml-nox elpa-tuareg") ("octave" "octave" "octave") ("perl" "perl" "perl")
    ("plantuml" "plantuml" "plantuml") ("python" "python3" "python3") ("ruby" "ruby" "ruby")
    ("sass" "sass" "ruby-sass") ("screen" "screen" "screen") ("sed" "sed" "sed") ("sqlite" "sqlite3" "sqlite3")
    ("sql postgresql" "psql" "postgresql-client") ("sql mysql" "mysql" "default-mysql-client")
    ("zsh" "zsh" "zsh"))
  "Languages as (NAME PROGRAM PACKAGES): PACKAGES of Debian and Ubuntu bring PROGRAM.")

(defvar documents-execute-around nil
  "A function around each of Org's functions that run a language: of it, the language and its two arguments.")

(defun documents-load-language (language)
  "Load what Org runs LANGUAGE with, where there is such; return whether it is run."
  (let ((command (intern (concat "org-babel-execute:" language))))
    (unless (fboundp command)
      (require (intern (concat "ob-" (if (member language '("C++" "cpp" "D")) "C" language))) nil t))
    (when (and documents-execute-around (fboundp command))
      (advice-add command :around
                  (lambda (execute &rest arguments)
                    (apply documents-execute-around execute language arguments))
                  '((name . documents))))
    (fboundp command)))

(defun documents-load-languages ()
  "Load what Org knows of the languages of the current buffer's blocks."
  (let ((case-fold-search t))
    (save-excursion
      (goto-char (point-min))
      (while (re-search-forward "\\(?:#\\+begin_src[ \t]+\\|\\_<src_\\)\\([^][ \t\n{]+\\)" nil t)
        (documents-load-language (match-string-no-properties 1))))))

;; Debian and Ubuntu have no command of the name that older Orgs run.  In a session python is asked for words to complete
;; with, without a user, which some Emacsen wait for.
(defvar org-babel-python-command)
(defvar python-shell-completion-native-enable)
(setq python-shell-completion-native-enable nil)
(with-eval-after-load 'ob-python
  (when (and (equal org-babel-python-command "python") (not (executable-find "python")))
    (setq org-babel-python-command "python3")))

;; Some Orgs send a block to a session in python before that is ready, and may then wait for ever.
(defvar-local documents-python-ready nil)
(add-hook 'python-shell-first-prompt-hook (lambda () (setq documents-python-ready t)))
(advice-add 'run-python :filter-return
            (lambda (process)
              (with-current-buffer (process-buffer process)
                (with-timeout (60 (error "python did not become ready in a minute"))
                  (while (not documents-python-ready) (accept-process-output process 0.1))))
              process))

(defun documents-check-program (info)
  "Refuse the block INFO where the program that runs its language, in sql its engine, is missing."
  (pcase (assoc (concat (car info) (and (equal (car info) "sql") (concat " " (documents-option info :engine))))
                documents-programs)
    (`(,language ,program ,packages)
     (unless (executable-find program)
       (error "%s is not installed, which runs %s: install %s" program language packages)))))

(provide 'documents-languages)
;;; documents-languages.el ends here
