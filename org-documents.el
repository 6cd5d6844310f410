;;; org-documents.el --- what the host scripts share  -*- lexical-binding: t -*-

;; Finds the documents of a project, reads their named bash blocks and recorded results, and writes files whole
;; or not at all.  Blocks and results are read and written here rather than by org-babel's own tangling and
;; insertion: those differ between versions of Org in whitespace, and the files have to be the same everywhere.

;;; Code:

(require 'cl-lib)
(require 'org)
(require 'org-element)
(require 'ob)
(require 'ob-tangle)
(require 'subr-x)

(define-error 'documents-error "A document is wrong")

(defconst documents-skipped-folders '("target" "node_modules" "_site")
  "Folders that hold no documents and no inputs; neither do those whose name begins with a dot.")

(defvar documents-root default-directory
  "The project's folder.")

(setq org-inhibit-startup t
      org-modules nil
      org-id-track-globally nil
      org-element-use-cache nil
      org-confirm-babel-evaluate nil
      org-babel-noweb-error-all-langs t
      create-lockfiles nil
      make-backup-files nil
      enable-local-variables nil)
(prefer-coding-system 'utf-8-unix)

(defun documents-say (format &rest arguments)
  "Tell the user, on stderr, what FORMAT and ARGUMENTS give."
  (let ((inhibit-message nil))
    (message "%s" (apply #'format format arguments))))

(defun documents-fail (format &rest arguments)
  "End the script with the line that FORMAT and ARGUMENTS give."
  (signal 'documents-error (list (apply #'format format arguments))))

(defun documents-main (script work)
  "Call WORK with the command line's arguments; an error is one line that SCRIPT begins, and exit code 1."
  (let ((arguments (delete "--" command-line-args-left)))
    (setq command-line-args-left nil)
    (condition-case failure
        (funcall work arguments)
      (error
       (message "%s: %s" script
                (if (eq (car failure) 'documents-error)
                    (cadr failure)
                  (error-message-string failure)))
       (kill-emacs 1)))))

(defmacro documents-in (file &rest body)
  "Evaluate BODY in an Org buffer with the text of FILE; an error in it names FILE."
  (declare (indent 1))
  `(documents--visit ,file (lambda () ,@body)))

(defun documents--visit (file work)
  "Call WORK in an Org buffer with the text of FILE."
  (with-temp-buffer
    (let ((coding-system-for-read 'utf-8-unix))
      (insert-file-contents file))
    (setq buffer-file-name (expand-file-name file)
          default-directory (file-name-directory buffer-file-name))
    (unwind-protect
        (condition-case failure
            (progn (delay-mode-hooks (org-mode))
                   (funcall work))
          (documents-error (signal (car failure) (cdr failure)))
          (error (documents-fail "%s: %s" file (error-message-string failure))))
      (set-buffer-modified-p nil)
      (setq buffer-file-name nil))))

;;;; Documents

(defun documents-files (&rest folders)
  "The project's documents, relative and sorted: those of the project's own folder and those under FOLDERS."
  (sort (append
         (directory-files "." nil "\\`[^.].*\\.org\\'")
         (cl-loop for folder in folders
                  when (file-directory-p folder)
                  append (directory-files-recursively
                          folder "\\`[^.].*\\.org\\'" nil
                          (lambda (inner)
                            (let ((name (file-name-nondirectory inner)))
                              (not (or (string-prefix-p "." name)
                                       (member name documents-skipped-folders))))))))
        #'string<))

;;;; Blocks

(cl-defstruct documents-block
  "A source block: ELEMENT as Org parsed it, PARAMETERS its header arguments, TEXT expanded, at LINE of FILE."
  name language file line element parameters text)

(defun documents-blocks ()
  "The source blocks of the current buffer, in order, but for those under a COMMENT heading."
  (let ((file (file-relative-name buffer-file-name documents-root)))
    (org-element-map (org-element-parse-buffer) 'src-block
      (lambda (element)
        (save-excursion
          (goto-char (org-element-property :post-affiliated element))
          (unless (org-in-commented-heading-p)
            (let* ((info (org-babel-get-src-block-info t element))
                   (parameters (nth 2 info)))
              (make-documents-block
               :name (org-element-property :name element)
               :language (nth 0 info)
               :file file
               :line (line-number-at-pos)
               :element element
               :parameters parameters
               :text (if (or (org-babel-noweb-p parameters :tangle)
                             (org-babel-noweb-p parameters :eval))
                         (org-babel-expand-noweb-references info)
                       (nth 1 info))))))))))

(defun documents-block-option (block option)
  "The header argument OPTION of BLOCK as a string, or nil."
  (let ((value (alist-get option (documents-block-parameters block))))
    (and value (not (equal value "")) (format "%s" value))))

(defun documents-block-fail (block format &rest arguments)
  "End the script with a line that says where BLOCK stands, then FORMAT and ARGUMENTS."
  (documents-fail "%s:%d: block %s: %s" (documents-block-file block) (documents-block-line block)
                  (or (documents-block-name block) "without a name")
                  (apply #'format format arguments)))

(defun documents-command-p (block)
  "Whether BLOCK is a command: a named bash block that may be evaluated."
  (and (documents-block-name block)
       (equal (documents-block-language block) "bash")
       (not (member (documents-block-option block :eval) '("no" "never")))))

(defun documents-commands ()
  "The commands of the current buffer, each with a name that a file can have and options that are known."
  (cl-loop for block in (documents-blocks)
           when (documents-command-p block)
           do (documents--check-command block)
           and collect block))

(defun documents--check-command (block)
  "Refuse what BLOCK asks for and the scripts would not do."
  (let ((exit (documents-block-option block :exit))
        (check (documents-block-option block :check))
        (needs (documents-block-option block :needs)))
    (unless (string-match-p "\\`[A-Za-z0-9_][A-Za-z0-9._-]*\\'" (documents-block-name block))
      (documents-block-fail block "its name has to be letters, digits, dots, dashes and underscores"))
    (when (and exit (not (and (string-match-p "\\`[0-9]+\\'" exit) (< (string-to-number exit) 256))))
      (documents-block-fail block ":exit is an exit code from 0 to 255, not %s" exit))
    (when (and check (not (equal check "exit-only")))
      (documents-block-fail block ":check knows exit-only, not %s" check))
    (when (and needs (string-match-p "\n" needs))
      (documents-block-fail block ":needs is one line"))
    (dolist (option '(:stdin :cmdline :prologue :epilogue))
      (when (documents-block-option block option)
        (documents-block-fail block "the header argument %s is not supported" option)))))

(defun documents-block-directory (block)
  "The folder that BLOCK runs in, absolute."
  (file-name-as-directory
   (expand-file-name (or (documents-block-option block :dir) ".")
                     (file-name-directory (expand-file-name (documents-block-file block) documents-root)))))

(defun documents-block-script (block &optional prelude)
  "What bash runs for BLOCK: strict mode, PRELUDE, the block's variables, its text."
  (concat "set -euo pipefail\n"
          prelude
          (mapconcat (lambda (variable) (documents--assignment block variable))
                     (cl-loop for (key . value) in (documents-block-parameters block)
                              when (eq key :var) collect value)
                     "")
          (string-trim-right (documents-block-text block) "\n+")
          "\n"))

(defun documents--assignment (block variable)
  "The assignment in bash for VARIABLE, the name=value of a :var of BLOCK."
  (unless (string-match "\\`\\([A-Za-z_][A-Za-z0-9_]*\\)=\\(\\(?:.\\|\n\\)*\\)\\'" variable)
    (documents-block-fail block ":var is name=value, not %s" variable))
  (let* ((name (match-string 1 variable))
         (given (match-string 2 variable))
         (value (cond ((string-prefix-p "\"" given) (car (read-from-string given)))
                      ((string-match-p "\\`-?[0-9.]+\\'" given) given)
                      ((documents-recorded given))
                      (t (documents-block-fail block ":var %s=%s: there is no recorded result of that name"
                                               name given)))))
    (format "%s=%s\n" name (documents-quote (string-trim-right value "\n+")))))

(defun documents-quote (text)
  "TEXT as one word of bash."
  (concat "'" (replace-regexp-in-string "'" "'\\''" text t t) "'"))

;;;; Results

(defun documents--result (name)
  "Where the result of the block NAME stands: (KEYWORD-START CONTENTS-START END), or nil."
  (save-excursion
    (goto-char (point-min))
    (let ((case-fold-search t))
      (when (re-search-forward
             (format "^[ \t]*#\\+results\\(?:\\[[^]\n]*\\]\\)?:[ \t]*%s[ \t]*$" (regexp-quote name)) nil t)
        (let ((start (line-beginning-position))
              (contents (min (point-max) (1+ (line-end-position)))))
          (goto-char contents)
          (list start contents (documents--result-end)))))))

(defun documents--result-end ()
  "The end of the result whose first line point is at."
  (cond
   ((looking-at "[ \t]*#\\+begin_\\(\\S-+\\)")
    (let ((start (point)))
      (unless (re-search-forward (format "^[ \t]*#\\+end_%s[ \t]*$" (regexp-quote (match-string 1))) nil t)
        (documents-fail "%s:%d: a result that begins here has no end"
                        (file-relative-name buffer-file-name documents-root) (line-number-at-pos start))))
    (min (point-max) (1+ (line-end-position))))
   ((looking-at "[ \t]*:\\(?: \\|$\\)")
    (while (and (not (eobp)) (looking-at "[ \t]*:\\(?: \\|$\\)")) (forward-line))
    (point))
   ((looking-at "[ \t]*:[a-z]+:[ \t]*$")
    (re-search-forward "^[ \t]*:end:[ \t]*$")
    (min (point-max) (1+ (line-end-position))))
   ;; A keyword, a heading or an empty line is no result: the block printed nothing.
   ((looking-at "[ \t]*\\(?:$\\|#\\+\\|\\*+ \\)") (point))
   (t (if (re-search-forward "^[ \t]*$" nil t) (line-beginning-position) (point-max)))))

(defun documents-recorded (name)
  "The recorded result of the block NAME as its command printed it, or nil where none is recorded."
  (pcase (documents--result name)
    (`(,_ ,start ,end)
     (let ((case-fold-search t)
           (text (buffer-substring-no-properties start end)))
       (cond
        ((string-match "\\`[ \t]*#\\+begin_\\S-+[^\n]*\n\\(\\(?:.\\|\n\\)*?\\)[ \t]*#\\+end_\\S-+[ \t]*\n?\\'" text)
         (org-unescape-code-in-string (match-string 1 text)))
        ((string-match "\\`[ \t]*:[a-z]+:[ \t]*\n\\(\\(?:.\\|\n\\)*?\\)[ \t]*:end:[ \t]*\n?\\'" text)
         (replace-regexp-in-string "^[ \t]*: ?" "" (match-string 1 text)))
        ((string-match-p "\\`[ \t]*:" text) (replace-regexp-in-string "^[ \t]*: ?" "" text))
        (t text))))))

(defconst documents-longest-plain-result 12
  "Lines of a result that are written with a colon each; a longer one is an example block.")

(defun documents--format-result (output)
  "OUTPUT as the lines of a document that stand for it."
  (let ((lines (and (not (string-empty-p output))
                    (split-string (string-remove-suffix "\n" output) "\n"))))
    (if (> (length lines) documents-longest-plain-result)
        (concat "#+begin_example\n" (org-escape-code-in-string (string-join lines "\n")) "\n#+end_example\n")
      (mapconcat (lambda (line) (if (string-empty-p line) ":\n" (concat ": " line "\n"))) lines ""))))

(defun documents-record (block output)
  "Write OUTPUT as the result of BLOCK into the current buffer."
  (let ((name (documents-block-name block))
        (text (documents--format-result output)))
    (pcase (documents--result name)
      (`(,_ ,start ,end)
       (delete-region start end)
       (goto-char start)
       (unless (bolp) (insert "\n"))
       (insert text))
      (_
       (documents--goto-end-of name)
       (insert (format "\n#+RESULTS: %s\n%s" name text))))
    (unless (or (eobp) (looking-at "[ \t]*$"))
      (insert "\n"))))

(defun documents--goto-end-of (name)
  "Go to the line after the block NAME."
  (org-element-map (org-element-parse-buffer) 'src-block
    (lambda (element)
      (when (equal (org-element-property :name element) name)
        (goto-char (org-element-property :end element))
        (skip-chars-backward " \t\n")
        (forward-line)
        (unless (bolp) (insert "\n"))
        t))
    nil t))

;;;; Files

(defun documents-write (file text &optional mode)
  "Make TEXT the content of FILE, whole or not at all; return whether that changed anything.
MODE is its mode, of which the owner's part counts in a file that is there already."
  (let* ((file (file-truename file))
         (text (encode-coding-string text 'utf-8-unix))
         (old-mode (and (file-exists-p file) (file-modes file)))
         (new-mode (if (and old-mode (or (null mode) (= (logand mode #o700) (logand old-mode #o700))))
                       old-mode
                     (or mode (logand (default-file-modes) #o666)))))
    (cond
     ((not (and old-mode (equal text (documents-read file))))
      (make-directory (file-name-directory file) t)
      (let ((new (make-temp-file (expand-file-name ".new-" (file-name-directory file))))
            (coding-system-for-write 'no-conversion))
        (condition-case failure
            (progn (write-region text nil new nil 'quiet)
                   (set-file-modes new new-mode)
                   (rename-file new file t))
          (error (delete-file new)
                 (signal (car failure) (cdr failure)))))
      t)
     ((/= new-mode old-mode)
      (set-file-modes file new-mode)
      t))))

(defun documents-read (file)
  "The bytes of FILE."
  (with-temp-buffer
    (set-buffer-multibyte nil)
    (insert-file-contents-literally file)
    (buffer-string)))

(provide 'org-documents)
;;; org-documents.el ends here
