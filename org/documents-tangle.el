;;; documents-tangle.el --- documents to files  -*- lexical-binding: t -*-

;;; Commentary:

;; `org-babel-tangle' tangles each document, into a folder aside.  Where all are tangled, the files take their places:
;; a mistake in the last document leaves all files as they were.

;;; Code:

(require 'documents)
(require 'documents-languages)
(require 'ob-tangle)

(defvar documents-aside nil
  "The folder that Org tangles into, in place of the project's.")

(defvar documents-origins nil
  "The files that this run makes, as (FILE . ORIGIN): relative to the project, and the document with the line.")

(defvar documents-known nil
  "The documents that this run reads, absolute: they are no targets.")

(declare-function documents-make-commands "documents-commands" (file))
(declare-function documents-remove-stale "documents-commands" ())

(defun documents-tangle ()
  "Make the files that the documents describe.
With the option --commands, those of `documents-make-commands', too; with --stale remove what is none of them."
  (documents-main
   "tangle-host.sh" '("--commands" "--stale")
   (lambda (options files)
     (let ((commands (member "--commands" options)))
       (when commands (require 'documents-commands))
       ;; Beside the targets, so that a file takes its place at once.
       (setq documents-aside (file-name-as-directory (make-temp-file (documents-path ".tangle.") t))
             documents-known (mapcar #'documents-path files))
       (unwind-protect
           (progn
             (dolist (file files)
               (documents-in file
                 (documents-load-languages)
                 (documents-warn-here file)
                 (when commands (documents-make-commands file))
                 (documents-tangle-here)))
             (let ((written (cl-count-if #'documents-put (reverse documents-origins)))
                   (removed (if (member "--stale" options) (documents-remove-stale) 0)))
               (documents-say "tangle-host.sh: %d documents, %d files: %d written, %d removed"
                              (length files) (length documents-origins) written removed)))
         (delete-directory documents-aside t))))))

(defun documents-tangle-here ()
  "Tangle the current buffer into `documents-aside'."
  (let ((inhibit-message t)
        (collect (symbol-function 'org-babel-tangle-collect-blocks))
        (single (symbol-function 'org-babel-tangle-single-block)))
    (cl-letf (((symbol-function 'org-babel-tangle-single-block)
               (lambda (&rest arguments)
                 (documents-at (nth 4 (org-babel-get-src-block-info 'light)))
                 (apply single arguments)))
              ((symbol-function 'org-babel-tangle-collect-blocks)
               (lambda (&rest arguments)
                 (cl-loop for (file . blocks) in (apply collect arguments)
                          when file collect (cons (documents-aside-of file blocks) blocks)))))
      (org-babel-tangle))))

(defun documents-aside-of (file blocks)
  "Where FILE is tangled to, which BLOCKS of the current buffer make."
  (pcase-let* ((`(,_ . (,start ,_ ,_ ,_ ,params . ,_)) (car blocks))
               (path (expand-file-name file))
               (folder (file-name-directory path)))
    ;; Org counts the line of the block's first line of code.
    (setq documents-place (format "%d:" (1- start)))
    (let ((aside (documents-target path (format "%s:%d" (file-relative-name buffer-file-name documents-root)
                                                (1- start)))))
      (when (or (file-directory-p folder) (file-directory-p (file-name-directory aside)))
        (make-directory (file-name-directory aside) t))
      (unless (or (file-directory-p (file-name-directory aside))
                  (not (member (alist-get :mkdirp params) '(nil "no"))))
        (error ":tangle %s: there is no such folder; with :mkdirp yes it is made" file))
      aside)))

(defun documents-target (path origin)
  "Where PATH is to be written first, which the block at ORIGIN makes; refused where it must not be made."
  (let* ((file (file-relative-name path documents-root))
         (other (cdr (assoc file documents-origins))))
    (cond
     ((not (file-in-directory-p path documents-root)) (error ":tangle %s is outside of the project" file))
     ((file-directory-p path) (error ":tangle %s is a folder" file))
     ((or (member path documents-known) (member (file-truename path) documents-known))
      (error ":tangle %s is a document, which would be overwritten" file))
     (other (error "%s makes %s, too" other file)))
    (push (cons file origin) documents-origins)
    (expand-file-name file documents-aside)))

(defun documents-put (origin)
  "Put the file of ORIGIN from `documents-aside' to its place, and say so; a file that is right is left alone."
  (let* ((file (car origin))
         (aside (expand-file-name file documents-aside))
         (path (expand-file-name file documents-root))
         (owner (lambda (name) (logand (file-modes name) #o700))))
    (unless (and (file-exists-p path)
                 (= (funcall owner aside) (funcall owner path))
                 (eq 0 (call-process "cmp" nil nil nil "--silent" "--" aside path)))
      (make-directory (file-name-directory path) t)
      (rename-file aside path t)
      (documents-say "wrote %s" file)
      t)))

(provide 'documents-tangle)
;;; documents-tangle.el ends here
